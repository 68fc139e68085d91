package dev.bellhop.apiserver.http;

import dev.bellhop.apiserver.auth.User;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request, taken off the wire.
///
/// @param headers by name in lower case
record Call(String method, String path, Map<String, String> query, Map<String, List<String>> headers, Buffer body,
        User user) {

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    boolean flag(String name) {
        return List.of("true", "1").contains(parameter(name));
    }

    Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /// The content type without its parameters.
    String contentType() {
        return header("content-type").orElse("").split(";", 2)[0].strip();
    }
}
