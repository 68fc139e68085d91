package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.Answer;
import dev.bellhop.spi.action.Cluster.Content;
import dev.bellhop.spi.action.Cluster.Method;

/// By what a Trigger knows the objects that it made.
final class Ownership {
    private Ownership() {}

    /// Says on `object` which Trigger made it; says what is wrong with its labels, empty when nothing is.
    static Optional<String> label(ObjectNode object, ActionContext context) {
        var metadata = object.withObjectProperty("metadata");
        if (metadata.hasNonNull("labels") && !metadata.get("labels").isObject()) {
            return Optional.of("metadata.labels is no object");
        }
        if (!metadata.path("labels").isObject()) {
            metadata.remove("labels");
        }
        metadata.withObjectProperty("labels").put(Bellhop.LABEL_EVENT_LISTENER, context.listener())
                .put(Bellhop.LABEL_TRIGGER, context.trigger());
        return Optional.empty();
    }

    /// Says on `object` by what the action that made it knows it again when it prunes.
    static void mark(ObjectNode object, String by, ActionContext context) {
        object.withObjectProperty("metadata").withObjectProperty("labels").put(Bellhop.LABEL_PRUNED_WITH,
                mark(by, context));
    }

    /// The same for all objects of an action and a subject; 32 hexadecimal digits.
    static String mark(String by, ActionContext context) {
        var text = context.namespace() + "/" + context.trigger() + "|" + by;
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Whether this Trigger, or one of its name, made `object`.
    static boolean isMadeBy(JsonNode object, ActionContext context) {
        return context.trigger().equals(
                object.path("metadata").path("labels").path(Bellhop.LABEL_TRIGGER).asText());
    }

    /// Deletes `target`, and only the object of this uid if one is given.
    static Answer delete(Target target, Optional<String> uid, ActionContext context) throws IOException {
        var options = JsonNodeFactory.instance.objectNode().put("kind", "DeleteOptions").put("apiVersion", "v1")
                .put("propagationPolicy", "Background");
        uid.ifPresent(only -> options.putObject("preconditions").put("uid", only));
        return context.cluster().ask(Method.DELETE, target.path(), Optional.of(Content.json(options)));
    }
}
