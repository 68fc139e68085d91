package dev.bellhop.engine.action;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionType;
import dev.bellhop.spi.action.Effect;

/// A kind of action as a plug-in brings it: lights the lamp of a room.
public final class LampType implements ActionType {
    @Override
    public String name() {
        return "lamp";
    }

    @Override
    public String description() {
        return "Lights the lamp of a room.";
    }

    @Override
    public JsonNode schema() {
        return JsonNodeFactory.instance.objectNode().put("type", "object");
    }

    @Override
    public List<String> problems(JsonNode spec) {
        return spec.path("room").asText().isEmpty() ? List.of("room is missing") : List.of();
    }

    @Override
    public ActionResult run(JsonNode spec, ActionContext context) {
        return Done.of(Effect.outside("lit", "lamp", spec.path("room").asText()));
    }
}
