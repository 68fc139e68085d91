package dev.bellhop.listener.journal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.Headers;

/// Takes credentials out of an event before it is stored: the values of headers and query parameters whose names speak of
/// a secret become `redacted`. The names stay, so that people see that something was sent.
public final class Redaction {
    /// Stands where a secret was.
    public static final String REDACTED = "redacted";

    /// A name is sensitive when one of its words is; words are what hyphens, underscores, dots and humps divide.
    private static final Set<String> SENSITIVE = Set.of("authorization", "auth", "cookie", "token", "tokens", "secret",
            "signature", "signatures", "sig", "hmac", "password", "passwd", "pwd", "credential", "credentials", "jwt",
            "apikey", "accesskey");

    /// A "key" alone may be anything; after one of these words it is a credential.
    private static final Set<String> KINDS_OF_KEYS = Set.of("api", "access", "private");

    /// Trello signs in a header that does not say so.
    private static final Set<String> SENSITIVE_NAMES = Set.of("x-trello-webhook");

    private Redaction() {}

    /// `event` without credentials in headers and query; `event` itself when there are none.
    public static Event of(Event event) {
        var headers = headers(event.headers());
        var url = requestUrl(event.requestUrl());
        return headers == event.headers() && url.equals(event.requestUrl())
                ? event
                : new Event(event.id(), event.receivedAt(), event.method(), url, headers, event.body(), event.origin());
    }

    private static Headers headers(Headers headers) {
        var pairs = new ArrayList<Map.Entry<String, String>>();
        boolean any = false;
        for (var header : headers.asMap().entrySet()) {
            boolean sensitive = isSensitive(header.getKey());
            any |= sensitive;
            for (var value : header.getValue()) {
                pairs.add(new SimpleImmutableEntry<>(header.getKey(), sensitive ? REDACTED : value));
            }
        }
        return any ? Headers.of(pairs) : headers;
    }

    private static String requestUrl(String url) {
        int start = url.indexOf('?');
        if (start < 0) {
            return url;
        }
        return url.substring(0, start + 1) + form(url.substring(start + 1));
    }

    /// A query, or a form that is written as one, without credentials.
    public static String form(String written) {
        var parameters = written.split("&", -1);
        for (int i = 0; i < parameters.length; i++) {
            int equals = parameters[i].indexOf('=');
            if (equals >= 0 && isSensitive(percentDecoded(parameters[i].substring(0, equals)))) {
                parameters[i] = parameters[i].substring(0, equals + 1) + REDACTED;
            }
        }
        return String.join("&", parameters);
    }

    /// Only what could hide a word: a name that is not well encoded is looked at as it is.
    private static String percentDecoded(String name) {
        if (name.indexOf('%') < 0) {
            return name;
        }
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    /// Whether a name speaks of a secret.
    public static boolean isSensitive(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (SENSITIVE_NAMES.contains(lower)) {
            return true;
        }
        int start = 0;
        boolean ofAKind = false;
        for (int i = 0; i <= name.length(); i++) {
            boolean hump = i > 0 && i < name.length() && isUpper(name.charAt(i)) && !isUpper(name.charAt(i - 1));
            if (i == name.length() || hump || "-_.".indexOf(name.charAt(i)) >= 0) {
                var word = lower.substring(start, i);
                if (SENSITIVE.contains(word) || (ofAKind && word.equals("key"))) {
                    return true;
                }
                if (!word.isEmpty()) {
                    ofAKind = KINDS_OF_KEYS.contains(word);
                }
                start = hump || i == name.length() ? i : i + 1;
            }
        }
        return false;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
