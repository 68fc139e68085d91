package dev.bellhop.listener.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.Door;
import org.junit.jupiter.api.Test;

class PreparedObjectTest {
    private static JsonNode labels(Door door) {
        var object = JsonNodeFactory.instance.objectNode();
        object.putObject("metadata").put("name", "made");
        var order = new Order(new EventId("e-1"), door, new ObjectName("team-a", "push"),
                new Identity("one", Instant.EPOCH, Optional.empty()), Optional.empty(), List.of());
        assertThat(ObjectCreator.prepare(object, order, true)).isEmpty();
        return object.path("metadata").path("labels");
    }

    @Test
    void saysOfAnObjectWhereItsEventCameIn() {
        assertThat(labels(Door.listener(new ObjectName("desk", "shared"))).toString()).isEqualTo("""
                {"triggers.bellhop.dev/eventlistener":"shared","triggers.bellhop.dev/trigger":"push",\
                "triggers.bellhop.dev/triggers-eventid":"e-1"}""");
        assertThat(labels(Door.source(new ObjectName("team-a", "orders"))).toString()).isEqualTo("""
                {"triggers.bellhop.dev/eventsource":"orders","triggers.bellhop.dev/trigger":"push",\
                "triggers.bellhop.dev/triggers-eventid":"e-1"}""");
    }
}
