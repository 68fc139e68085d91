package dev.bellhop.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.apiserver.object.Meta;
import java.util.function.Function;

/// One column: its heading, and how it finds its value in an object.
record Cell(String name, String type, String format, String description, int priority,
        Function<ObjectNode, JsonNode> value) {

    static final Cell NAME = new Cell("Name", "string", "name", "Name of the object.", 0,
            object -> TextNode.valueOf(Meta.name(object)));
    static final Cell AGE = text("Age", object -> Ages.since(Meta.text(object, "creationTimestamp")));

    static Cell text(String name, Function<ObjectNode, String> value) {
        return new Cell(name, "string", "", "", 0, object -> TextNode.valueOf(value.apply(object)));
    }

    /// A column that only `-o wide` shows.
    static Cell wide(String name, Function<ObjectNode, String> value) {
        return new Cell(name, "string", "", "", 1, object -> TextNode.valueOf(value.apply(object)));
    }
}
