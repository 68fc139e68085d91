package dev.bellhop.listener.source.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Semaphore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.source.resource.ResourceSettings;
import dev.bellhop.listener.source.TestContext;
import dev.bellhop.listener.source.WatchedNamespace;
import dev.bellhop.listener.source.kube.Courier;
import dev.bellhop.listener.source.kube.Door;
import dev.bellhop.listener.source.kube.Fares;
import dev.bellhop.listener.source.kube.KubeApi;
import dev.bellhop.listener.source.kube.ServedKind;
import dev.bellhop.listener.source.kube.WatchingSource.Opening;
import org.junit.jupiter.api.Test;

/// What is a change, whichever way it comes to be known.
class WatchedPartTest {
    private static final ServedKind CONFIG_MAP = new ServedKind("/api/v1", "v1", "ConfigMap", "configmaps", true);
    private static final Door NOWHERE = new Door() {
        @Override
        public String cluster() {
            return "local";
        }

        @Override
        public KubeApi api() {
            throw new UnsupportedOperationException("nothing is read here");
        }

        @Override
        public void failed(IOException e) {}
    };
    private final TestContext context = new TestContext("shop");

    private WatchedPart part(String fields) {
        var settings = ResourceSettings.of(WatchedNamespace.yaml("{apiVersion: v1, kind: ConfigMap, " + fields + "}"));
        return new WatchedPart(settings, context, new Opening(NOWHERE, "local/shop",
                new Courier(context, new Semaphore(500)), new Fares(context, "nothing", Set.of()),
                Instant.parse("2026-01-01T00:00:00Z"), false));
    }

    private static ObjectNode object(String name, String uid, int version, String value) {
        return (ObjectNode) WatchedNamespace.yaml("""
                {apiVersion: v1, kind: ConfigMap, data: {value: "%s"}, metadata: {name: %s, namespace: shop, uid: %s,
                 resourceVersion: "%d", creationTimestamp: "2025-01-01T00:00:00Z"}}
                """.formatted(value, name, uid, version));
    }

    private static void list(WatchedPart part, int version, ObjectNode... objects) throws InterruptedException {
        part.listBegins(CONFIG_MAP);
        for (var object : objects) {
            part.listed(object);
        }
        part.listEnded(Integer.toString(version));
    }

    @Test
    void whatTheFirstListFindsIsNoChange() throws InterruptedException {
        list(part(""), 10, object("one", "u1", 5, "1"));
        assertThat(context.told()).isEmpty();
    }

    @Test
    void whatALaterListFindsIsComparedWithWhatIsRemembered() throws InterruptedException {
        var part = part("");
        list(part, 10, object("same", "u1", 5, "1"), object("changed", "u2", 6, "1"), object("deleted", "u3", 7, "1"),
                object("replaced", "u4", 8, "1"));
        part.close();
        part = part("");
        assertThat(part.position()).hasValue("10");
        part.positionLost();
        list(part, 20, object("same", "u1", 5, "1"), object("changed", "u2", 15, "2"),
                object("replaced", "u9", 16, "1"), object("added", "u5", 17, "1"));
        assertThat(context.told()).containsExactly("update changed", "delete replaced", "add replaced", "add added",
                "delete deleted");
        assertThat(context.kept().get(0).oldBody().orElseThrow().at("/data/value").asText()).isEqualTo("1");
        assertThat(context.body(4).at("/data/value").asText()).isEqualTo("1");
        part.close();
        part = part("");
        part.positionLost();
        list(part, 20, object("same", "u1", 5, "1"), object("changed", "u2", 15, "2"),
                object("replaced", "u9", 16, "1"), object("added", "u5", 17, "1"));
        assertThat(context.kept()).hasSize(5);
    }

    @Test
    void aListThatBreaksOffLeavesNothingOutAndRepeatsNothing() throws InterruptedException {
        var part = part("");
        list(part, 10, object("one", "u1", 5, "1"), object("two", "u2", 6, "1"));
        part.positionLost();
        part.listBegins(CONFIG_MAP);
        part.listed(object("new", "u3", 11, "1"));
        list(part, 12, object("new", "u3", 11, "1"), object("two", "u2", 6, "1"));
        assertThat(context.told()).containsExactly("add new", "delete one");
    }

    @Test
    void thePastThatAWatchBringsUpAgainIsKnown() throws InterruptedException {
        var part = part("");
        list(part, 10, object("one", "u1", 5, "1"));
        part.modified(object("one", "u1", 11, "2"));
        part.deleted(object("one", "u1", 12, "2"));
        part.added(object("one", "u2", 13, "3"));
        part.added(object("one", "u1", 5, "1"));
        part.modified(object("one", "u1", 11, "2"));
        part.deleted(object("one", "u1", 12, "2"));
        assertThat(context.told()).containsExactly("update one", "delete one", "add one");
        part.deleted(object("one", "u2", 14, "3"));
        part.added(object("one", "u2", 13, "3"));
        assertThat(context.told()).containsExactly("update one", "delete one", "add one", "delete one");
    }

    @Test
    void itsMemoryHoldsWhatIsThereAndNoMore() throws InterruptedException {
        var part = part("");
        list(part, 10, object("one", "u1", 5, "1"), object("two", "u2", 6, "1"));
        part.deleted(object("one", "u1", 12, "1"));
        assertThat(context.get("object/local/shop/shop/one")).isPresent();
        part.reached("12");
        assertThat(context.get("object/local/shop/shop/one")).isEmpty();
        assertThat(context.get("object/local/shop/shop/two")).isPresent();
        assertThat(context.get("position/local/shop")).hasValueSatisfying(bytes -> assertThat(bytes).asString()
                .isEqualTo("12"));
    }

    @Test
    void thePositionNeverPassesAnEventThatIsNotKept() throws InterruptedException {
        var part = part("");
        list(part, 10, object("one", "u1", 5, "1"));
        context.hold();
        part.modified(object("one", "u1", 11, "2"));
        part.modified(object("one", "u1", 12, "3"));
        part.reached("20");
        assertThat(context.get("position/local/shop")).hasValueSatisfying(bytes -> assertThat(bytes).asString()
                .isEqualTo("10"));
        assertThat(context.emitted()).as("those of one object go one after the other").isEqualTo(1);
        context.release();
        part.reached("21");
        assertThat(context.told()).containsExactly("update one", "update one");
        assertThat(context.kept().get(1).oldBody().orElseThrow().at("/data/value").asText()).isEqualTo("2");
        assertThat(context.get("position/local/shop")).hasValueSatisfying(bytes -> assertThat(bytes).asString()
                .isEqualTo("21"));
    }

    @Test
    void aFilteredChangeIsRememberedToo() throws InterruptedException {
        var part = part("fields: [{path: data.value, value: 3}]");
        list(part, 10, object("one", "u1", 5, "1"));
        part.modified(object("one", "u1", 11, "2"));
        part.modified(object("one", "u1", 12, "3"));
        assertThat(context.told()).containsExactly("update one");
        assertThat(context.kept().get(0).oldBody().orElseThrow().at("/data/value").asText()).isEqualTo("2");
    }

    @Test
    void versionsThatAreNoNumbersAreOnlyComparedForEquality() throws InterruptedException {
        var part = part("");
        var object = object("one", "u1", 5, "1");
        list(part, 10, object);
        var strange = object("one", "u1", 5, "2");
        ((ObjectNode) strange.path("metadata")).put("resourceVersion", "aa");
        part.modified(strange.deepCopy());
        part.modified(strange);
        assertThat(context.told()).containsExactly("update one");
    }
}
