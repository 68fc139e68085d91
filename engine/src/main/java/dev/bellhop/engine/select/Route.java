package dev.bellhop.engine.select;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.bellhop.api.ObjectName;

/// Which Triggers of an EventListener a request addresses, told by path and query (TEP-0009).
public sealed interface Route {
    /// Any other path: all Triggers of the listener.
    record All() implements Route {}

    /// `/{namespace}`: those of one namespace.
    record InNamespace(String namespace) implements Route {}

    /// `/{namespace}?name={trigger}`: exactly one.
    record One(ObjectName trigger) implements Route {}

    /// `/{namespace}?label={selector}`: those of the namespace whose labels match.
    record Labelled(String namespace, LabelQuery labels) implements Route {}

    /// It addresses nothing; `why` is for the sender.
    record Malformed(String why) implements Route {}

    /// Reads the part of a request's path below the listener (`""`, `/` or `/team-a`) and its query (without `?`).
    static Route of(String path, String query) {
        var namespace = path.startsWith("/") ? path.substring(1) : path;
        if (namespace.endsWith("/")) {
            namespace = namespace.substring(0, namespace.length() - 1);
        }
        var name = parameter(query, "name");
        var label = parameter(query, "label");
        if (namespace.isEmpty() || namespace.contains("/")) {
            if (name.isPresent() || label.isPresent()) {
                return new Malformed("?name= and ?label= need a namespace: POST /{namespace}?name={trigger}");
            }
            return new All();
        }
        if (name.isPresent() && label.isPresent()) {
            return new Malformed("?name= and ?label= exclude each other");
        }
        if (name.isPresent()) {
            return new One(new ObjectName(namespace, name.get()));
        }
        if (label.isEmpty()) {
            return new InNamespace(namespace);
        }
        return switch (LabelQuery.parse(label.get())) {
            case LabelQuery.Parsed.Query(var query1) -> new Labelled(namespace, query1);
            case LabelQuery.Parsed.Malformed(var why) -> new Malformed("?label=: " + why);
        };
    }

    private static Optional<String> parameter(String query, String name) {
        for (var pair : query.split("&")) {
            if (pair.startsWith(name) && pair.length() > name.length() && pair.charAt(name.length()) == '=') {
                try {
                    return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    return Optional.of(pair.substring(name.length() + 1));
                }
            }
        }
        return Optional.empty();
    }
}
