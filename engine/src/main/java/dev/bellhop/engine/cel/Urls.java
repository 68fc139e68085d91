package dev.bellhop.engine.cel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.cel.common.exceptions.CelInvalidArgumentException;

/// Takes URLs and their queries apart as Go's `net/url` does.
final class Urls {
    private Urls() {}

    /// The parts under the names that Tekton gives them.
    static Map<String, Object> parse(String url) {
        Evaluation.current().budget().spend(url.length() / 4);
        if (url.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw failure("invalid control character in URL");
        }
        int hash = url.indexOf('#');
        var fragment = hash < 0 ? "" : url.substring(hash + 1);
        var rest = hash < 0 ? url : url.substring(0, hash);
        int mark = rest.indexOf('?');
        var rawQuery = mark < 0 ? "" : rest.substring(mark + 1);
        rest = mark < 0 ? rest : rest.substring(0, mark);
        int colon = endOfScheme(rest);
        var scheme = colon < 0 ? "" : rest.substring(0, colon).toLowerCase(Locale.ROOT);
        rest = rest.substring(colon + 1);

        var parts = new LinkedHashMap<String, Object>();
        parts.put("scheme", scheme);
        if (rest.startsWith("//")) {
            int slash = rest.indexOf('/', 2);
            putAuthority(rest.substring(2, slash < 0 ? rest.length() : slash), parts);
            rest = slash < 0 ? "" : rest.substring(slash);
        } else {
            parts.put("host", "");
        }
        boolean opaque = colon >= 0 && !rest.isEmpty() && !rest.startsWith("/");
        parts.put("path", opaque ? "" : decoded(rest, false));
        parts.put("rawQuery", rawQuery);
        parts.put("fragment", decoded(fragment, false));
        var query = query(rawQuery);
        parts.put("queryStrings", query);
        parts.put("query", joined(query));
        return parts;
    }

    private static int endOfScheme(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == ':') {
                if (i == 0) {
                    throw failure("missing protocol scheme");
                }
                return i;
            }
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean later = i > 0 && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.');
            if (!letter && !later) {
                int slash = rest.indexOf('/');
                int colon = rest.indexOf(':');
                if (colon >= 0 && (slash < 0 || colon < slash)) {
                    throw failure("first path segment in URL cannot contain colon");
                }
                return -1;
            }
        }
        return -1;
    }

    private static void putAuthority(String authority, Map<String, Object> parts) {
        int at = authority.lastIndexOf('@');
        parts.put("host", decoded(authority.substring(at + 1), false));
        if (at >= 0) {
            var user = authority.substring(0, at);
            int colon = user.indexOf(':');
            var auth = new LinkedHashMap<String, String>();
            auth.put("username", decoded(colon < 0 ? user : user.substring(0, colon), false));
            auth.put("password", colon < 0 ? "" : decoded(user.substring(colon + 1), false));
            parts.put("auth", auth);
        }
    }

    /// The parameters of a query with their values in order. A pair that cannot be decoded is left out, as Go does.
    static Map<String, List<String>> query(String rawQuery) {
        var values = new LinkedHashMap<String, List<String>>();
        for (var pair : rawQuery.split("&")) {
            if (pair.isEmpty() || pair.contains(";")) {
                continue;
            }
            int equals = pair.indexOf('=');
            try {
                var name = decoded(equals < 0 ? pair : pair.substring(0, equals), true);
                var value = equals < 0 ? "" : decoded(pair.substring(equals + 1), true);
                values.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
            } catch (CelInvalidArgumentException _) {
                // Not decodable: left out.
            }
        }
        return values;
    }

    /// One value for each parameter: all of them, joined by a comma.
    static Map<String, String> joined(Map<String, List<String>> values) {
        var joined = new LinkedHashMap<String, String>();
        values.forEach((name, all) -> joined.put(name, String.join(",", all)));
        return joined;
    }

    private static String decoded(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0)) {
            return text;
        }
        var source = text.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '%') {
                out.write(hexPair(source, i));
                i += 2;
            } else {
                out.write(plusIsSpace && source[i] == '+' ? ' ' : source[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int hexPair(byte[] source, int percent) {
        int high = percent + 2 < source.length ? Character.digit(source[percent + 1], 16) : -1;
        int low = percent + 2 < source.length ? Character.digit(source[percent + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw failure("invalid URL escape");
        }
        return high << 4 | low;
    }

    private static CelInvalidArgumentException failure(String why) {
        return new CelInvalidArgumentException("parseURL: " + why);
    }
}
