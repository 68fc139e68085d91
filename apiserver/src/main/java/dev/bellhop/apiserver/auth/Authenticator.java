package dev.bellhop.apiserver.auth;

import dev.bellhop.apiserver.status.Refusal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Tells from a request's headers who is asking, including on whose behalf.
public final class Authenticator {

    private static final String EXTRA = "impersonate-extra-";

    private final Tokens tokens;
    private final Authorizer authorizer;

    public Authenticator(Tokens tokens, Authorizer authorizer) {
        this.tokens = tokens;
        this.authorizer = authorizer;
    }

    /// The user, anonymous when there are no credentials.
    ///
    /// @param headers by name in lower case
    public User authenticate(Map<String, List<String>> headers) {
        User user = first(headers, "authorization").map(this::holder).orElse(User.ANONYMOUS);
        String impersonated = first(headers, "impersonate-user").orElse("");
        List<String> groups = headers.getOrDefault("impersonate-group", List.of());
        var extra = extra(headers);
        if (impersonated.isEmpty()) {
            if (!groups.isEmpty() || !extra.isEmpty()) {
                throw Refusal.internal("requested [" + String.join(" ", groups) + "] without impersonating a user");
            }
            return user;
        }
        requireImpersonation(user, impersonated, groups, extra);
        return User.impersonated(impersonated, first(headers, "impersonate-uid").orElse(""), groups, extra);
    }

    private User holder(String authorization) {
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return User.ANONYMOUS;
        }
        return tokens.holder(authorization.substring(7).strip())
                .filter(holder -> holder.audiences().isEmpty() || holder.audiences().contains(Tokens.AUDIENCE))
                .map(Tokens.Holder::user).orElseThrow(Refusal::unauthorized);
    }

    private void requireImpersonation(User user, String name, List<String> groups, Map<String, List<String>> extra) {
        String[] account = name.startsWith("system:serviceaccount:") ? name.split(":", 4) : new String[0];
        if (account.length == 4) {
            authorizer.require(user,
                    new Ask.OnResource("impersonate", "", "serviceaccounts", "", account[2], account[3]));
        } else {
            authorizer.require(user, new Ask.OnResource("impersonate", "", "users", "", "", name));
        }
        groups.forEach(group -> authorizer.require(user,
                new Ask.OnResource("impersonate", "", "groups", "", "", group)));
        extra.forEach((key, values) -> values.forEach(value -> authorizer.require(user,
                new Ask.OnResource("impersonate", "authentication.k8s.io", "userextras", key, "", value))));
    }

    private static Map<String, List<String>> extra(Map<String, List<String>> headers) {
        var extra = new TreeMap<String, List<String>>();
        headers.forEach((name, values) -> {
            if (name.startsWith(EXTRA)) {
                extra.put(URLDecoder.decode(name.substring(EXTRA.length()), StandardCharsets.UTF_8), values);
            }
        });
        return extra;
    }

    private static Optional<String> first(Map<String, List<String>> headers, String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// Headers by lower-case name, as [#authenticate] wants them.
    public static Map<String, List<String>> headers(Iterable<Map.Entry<String, String>> entries) {
        var headers = new HashMap<String, List<String>>();
        entries.forEach(entry -> headers.merge(entry.getKey().toLowerCase(Locale.ROOT), List.of(entry.getValue()),
                (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList()));
        return headers;
    }
}
