package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.api.action.ActionKind;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionType;

/// A kind of action whose fields are a record of `dev.bellhop.api.action`.
abstract class TypedAction<F extends Record & ActionKind> implements ActionType {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final String name;
    private final String description;
    private final Class<F> fields;

    TypedAction(String name, String description, Class<F> fields) {
        this.name = name;
        this.description = description;
        this.fields = fields;
    }

    /// Carries it out.
    abstract ActionResult act(F spec, ActionContext context) throws IOException, InterruptedException;

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public JsonNode schema() {
        return RecordSchema.of(fields);
    }

    /// What can be seen before an event comes is checked when the Trigger is compiled.
    @Override
    public List<String> problems(JsonNode spec) {
        return List.of();
    }

    @Override
    public ActionResult run(JsonNode spec, ActionContext context) throws IOException, InterruptedException {
        F read;
        try {
            read = JSON.treeToValue(spec, fields);
        } catch (JsonMappingException e) {
            return ActionResult.Failed.lasting(path(e) + " does not fit: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            return ActionResult.Failed.lasting(e.getOriginalMessage());
        }
        return act(read, context);
    }

    private String path(JsonMappingException e) {
        var path = new StringBuilder(name);
        for (var step : e.getPath()) {
            path.append(step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
        }
        return path.toString();
    }
}
