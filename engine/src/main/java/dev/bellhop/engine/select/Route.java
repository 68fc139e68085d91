package dev.bellhop.engine.select;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.bellhop.api.ObjectName;

/// Which Triggers of an EventListener a request addresses, told by path and query (TEP-0009).
public sealed interface Route {
    /// `/`: all Triggers of the listener.
    record All() implements Route {}

    /// `/{namespace}`: those of one namespace.
    record InNamespace(String namespace) implements Route {}

    /// `/{namespace}?name={trigger}`: exactly one.
    record One(ObjectName trigger) implements Route {}

    /// `/{namespace}?label={selector}`: those of the namespace whose labels match.
    record Labelled(String namespace, LabelQuery labels) implements Route {}

    /// Any other path. It leads nowhere: a sender who mistyped a URL must not set off the Triggers of every tenant.
    record Nowhere() implements Route {}

    /// It cannot be understood; `why` is for the sender.
    record Malformed(String why) implements Route {}

    /// The one namespace whose Triggers it can lead to; empty when there may be several, or none.
    default Optional<String> tenant() {
        return switch (this) {
            case InNamespace(var namespace) -> Optional.of(namespace);
            case One(var trigger) -> Optional.of(trigger.namespace());
            case Labelled(var namespace, var _) -> Optional.of(namespace);
            case All _,Nowhere _,Malformed _ -> Optional.empty();
        };
    }

    /// Reads the part of a request's path below the listener (`""`, `/` or `/team-a`) and its query (without `?`).
    static Route of(String path, String query) {
        int start = path.startsWith("/") ? 1 : 0;
        int end = path.length() > start && path.endsWith("/") ? path.length() - 1 : path.length();
        var namespace = path.substring(start, end);
        if (namespace.contains("/") || (namespace.isEmpty() && path.length() > 1)) {
            return new Nowhere();
        }
        try {
            // A plus is a space in a query and a plus in a path.
            return of(decoded(namespace.replace("+", "%2B")), parameter(query, "name"), parameter(query, "label"));
        } catch (IllegalArgumentException e) {
            return new Malformed("a percent sign in the URL is not followed by two hexadecimal digits");
        }
    }

    private static Route of(String namespace, Optional<String> name, Optional<String> label) {
        if (namespace.isEmpty()) {
            return name.isPresent() || label.isPresent()
                    ? new Malformed("?name= and ?label= need a namespace: POST /{namespace}?name={trigger}")
                    : new All();
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
            case LabelQuery.Parsed.Query(var labels) -> new Labelled(namespace, labels);
            case LabelQuery.Parsed.Malformed(var why) -> new Malformed("?label=: " + why);
        };
    }

    /// The first value of a parameter; empty text when it is there without one. A sender whose `name=` came out empty does
    /// not mean all Triggers.
    private static Optional<String> parameter(String query, String name) {
        for (var pair : query.split("&")) {
            if (pair.equals(name)) {
                return Optional.of("");
            }
            if (pair.startsWith(name + "=")) {
                return Optional.of(decoded(pair.substring(name.length() + 1)));
            }
        }
        return Optional.empty();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
