package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.Answer;
import dev.bellhop.spi.action.Cluster.Content;
import dev.bellhop.spi.action.Cluster.Method;

/// Reads an object, changes it and writes it back, as often as somebody else was faster: nobody's change is lost.
final class Race {
    /// Every loss is another's win, so this many others have to be at it.
    private static final int ROUNDS = 25;

    private Race() {}

    /// Says what of an object is to change; empty when nothing is.
    interface Change {
        Optional<ObjectNode> of(JsonNode object);
    }

    /// Merges what `change` says into the object at `target`. The answer is the last one: of reading, when there was nothing to
    /// change or the object is not there; 409 when others were always faster.
    static Answer run(Target target, ActionContext context, Change change) throws IOException {
        for (int round = 1;; round++) {
            var there = context.cluster().ask(Method.GET, target.path(), Optional.empty());
            if (!there.isGood()) {
                return there;
            }
            var patch = change.of(there.body());
            if (patch.isEmpty()) {
                return there;
            }
            patch.get().withObjectProperty("metadata").set("resourceVersion",
                    there.body().path("metadata").path("resourceVersion"));
            var written = context.cluster().ask(Method.PATCH,
                    target.path() + "?fieldManager=bellhop",
                    Optional.of(new Content("application/merge-patch+json", patch.get())));
            if (written.status() != 409 || round == ROUNDS) {
                return written;
            }
        }
    }
}
