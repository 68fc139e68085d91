package dev.bellhop.apiserver.http;

import dev.bellhop.apiserver.status.Refusal;
import java.util.Locale;

/// What a request does, in the words of roles.
enum Verb {
    GET, LIST, WATCH, CREATE, UPDATE, PATCH, DELETE, DELETECOLLECTION;

    static Verb of(Call call, ResourcePath path) {
        boolean one = !path.name().isEmpty();
        return switch (call.method()) {
            case "GET", "HEAD" -> one ? GET : call.flag("watch") ? WATCH : LIST;
            case "POST" -> CREATE;
            case "PUT" -> UPDATE;
            case "PATCH" -> PATCH;
            case "DELETE" -> one ? DELETE : DELETECOLLECTION;
            default -> throw Refusal.methodNotAllowed();
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
