package dev.bellhop.engine.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The headers of a request: names in Go's canonical form (`X-Github-Event`), each with its values in order. Interceptors
/// and bindings written for Tekton index by that spelling.
public final class Headers {
    /// No headers.
    public static final Headers NONE = new Headers(Map.of());

    /// By character, whether a header name may have it (RFC 9110, 5.6.2).
    private static final boolean[] TOKEN = tokenCharacters();

    private final Map<String, List<String>> values;

    private Headers(Map<String, List<String>> values) {
        this.values = values;
    }

    /// Takes name/value pairs in the order they came; names may have any case and occur several times.
    public static Headers of(Iterable<? extends Map.Entry<String, String>> pairs) {
        var values = new LinkedHashMap<String, List<String>>();
        for (var pair : pairs) {
            values.computeIfAbsent(canonical(pair.getKey()), _ -> new ArrayList<>(1)).add(pair.getValue());
        }
        return new Headers(values);
    }

    /// The first value of a header, whose name may have any case.
    public Optional<String> first(String name) {
        var all = values.get(canonical(name));
        return all == null ? Optional.empty() : Optional.of(all.getFirst());
    }

    /// All values of a header, whose name may have any case; empty when it is absent.
    public List<String> all(String name) {
        return values.getOrDefault(canonical(name), List.of());
    }

    /// Canonical names with their values, in the order they came. Must not be changed.
    public Map<String, List<String>> asMap() {
        return values;
    }

    /// The canonical form of a header name as in Go's `textproto.CanonicalMIMEHeaderKey`: the first letter and every letter
    /// after a hyphen in upper case, the rest in lower case; a name with a character that no header name may have is left as it is.
    public static String canonical(String name) {
        boolean upper = true;
        boolean changed = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isTokenCharacter(c)) {
                return name;
            }
            changed |= upper ? isLower(c) : isUpper(c);
            upper = c == '-';
        }
        return changed ? canonicalForm(name) : name;
    }

    private static String canonicalForm(String name) {
        var form = new StringBuilder(name.length());
        boolean upper = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            form.append(upper ? toUpper(c) : toLower(c));
            upper = c == '-';
        }
        return form.toString();
    }

    private static char toUpper(char c) {
        return isLower(c) ? (char) (c - 'a' + 'A') : c;
    }

    private static char toLower(char c) {
        return isUpper(c) ? (char) (c - 'A' + 'a') : c;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isTokenCharacter(char c) {
        return c < TOKEN.length && TOKEN[c];
    }

    private static boolean[] tokenCharacters() {
        var token = new boolean[128];
        for (char c = 0; c < token.length; c++) {
            token[c] = isLower(c) || isUpper(c) || (c >= '0' && c <= '9') || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }
        return token;
    }

    @Override
    public String toString() {
        return "Headers" + values.keySet();
    }
}
