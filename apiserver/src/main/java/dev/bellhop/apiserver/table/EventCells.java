package dev.bellhop.apiserver.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Meta;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The columns of Events, whose two kinds name the same things differently.
final class EventCells {

    private EventCells() {}

    static List<Cell> of(ResourceType type) {
        boolean core = type.group().isEmpty();
        String about = core ? "/involvedObject" : "/regarding";
        return List.of(Cell.text("Last Seen", event -> Ages.since(lastSeen(event))),
                Cell.text("Type", event -> event.path("type").asText()),
                Cell.text("Reason", event -> event.path("reason").asText()),
                Cell.text("Object",
                        event -> event.at(about + "/kind").asText().toLowerCase(Locale.ROOT) + "/"
                                + event.at(about + "/name").asText()),
                Cell.text("Message", event -> event.path(core ? "message" : "note").asText()),
                new Cell("Name", "string", "name", "", 1, Cell.NAME.value()));
    }

    private static String lastSeen(ObjectNode event) {
        return Stream.of("/series/lastObservedTime", "/lastTimestamp", "/deprecatedLastTimestamp", "/eventTime")
                .map(pointer -> event.at(pointer).asText("")).filter(time -> !time.isEmpty() && !"null".equals(time))
                .findFirst().orElse(Meta.text(event, "creationTimestamp"));
    }
}
