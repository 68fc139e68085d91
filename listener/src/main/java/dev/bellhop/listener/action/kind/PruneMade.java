package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.api.action.KubernetesAction;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionType;
import dev.bellhop.spi.action.Cluster.Method;
import dev.bellhop.spi.action.Effect;

/// `prune: true`: deletes what an action made for an earlier event of the same subject and this one does not name.
final class PruneMade implements ActionType {
    private static final int PAGE = 500;

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public String description() {
        return "Deletes the objects that the action made earlier and names no more.";
    }

    @Override
    public JsonNode schema() {
        return RecordSchema.of(KubernetesAction.class);
    }

    @Override
    public List<String> problems(JsonNode spec) {
        return List.of();
    }

    @Override
    public ActionResult run(JsonNode spec, ActionContext context) throws IOException {
        ObjectNode any = spec.path("object").deepCopy();
        any.withObjectProperty("metadata").put("name", "any");
        var keep = new HashSet<String>();
        spec.path("keep").forEach(name -> keep.add(name.asText()));
        return switch (Target.of(any, context)) {
            case Target.Found.Nowhere(var why) -> why;
            case Target.Found.At(var target) -> run(target, spec.path("by").asText(), keep, context);
        };
    }

    private static ActionResult run(Target any, String by, Set<String> keep, ActionContext context)
            throws IOException {
        var deleted = new ArrayList<Effect>();
        var page = "";
        do {
            var listed = context.cluster().ask(Method.GET, any.collection() + "?limit=" + PAGE + "&labelSelector="
                    + encoded(Bellhop.LABEL_PRUNED_WITH + "=" + Ownership.mark(by, context) + ","
                            + Bellhop.LABEL_TRIGGER + "=" + context.trigger())
                    + page, Optional.empty());
            if (!listed.isGood()) {
                return any.failed("listing objects like", listed, context);
            }
            for (var item : listed.body().path("items")) {
                var metadata = item.path("metadata");
                if (keep.contains(metadata.path("name").asText())) {
                    continue;
                }
                var target = new Target(any.served(), any.apiVersion(), any.kind(),
                        metadata.path("namespace").asText(), metadata.path("name").asText());
                var answer = Ownership.delete(target, Optional.of(metadata.path("uid").asText()), context);
                if (!answer.isGood() && answer.status() != 404 && answer.status() != 409) {
                    return target.failed("deleting", answer, context);
                }
                deleted.add(target.effect("deleted", item));
            }
            var next = listed.body().path("metadata").path("continue").asText("");
            page = next.isEmpty() ? "" : "&continue=" + encoded(next);
        } while (!page.isEmpty());
        return new Done(deleted);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
