package dev.bellhop.listener.journal;

import static dev.bellhop.listener.journal.Samples.accepted;
import static dev.bellhop.listener.journal.Samples.append;
import static dev.bellhop.listener.journal.Samples.await;
import static dev.bellhop.listener.journal.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.event.Origin;
import org.junit.jupiter.api.Test;

/// What every journal promises to event sources: their events are kept whole, and so is what they remember.
public abstract class SourcesContract extends JournalFixture {
    private static final Door SOURCE = Door.source(new ObjectName("team-a", "orders"));

    private Event sourced(Body body, Optional<JsonNode> oldBody) {
        var facts = Samples.none().put("cluster", "east\0").put("exact",
                new BigDecimal("12345678901234567890.123456789"));
        facts.putArray("list").add(1).addNull();
        return Event.of(EventId.at(clock.instant(), ThreadLocalRandom.current()), clock.instant(),
                Headers.of(List.of(Map.entry("Authorization", "Bearer s3cr3t"))), body,
                new Origin.Sourced("resource", "u1/7", "update", "ConfigMap team-a/ä", Instant.parse(
                        "2026-02-03T04:05:06.123456789Z"), facts, oldBody));
    }

    private Accepted accept(Event event, Optional<Remembered> remembered) {
        return new Accepted(event, List.of(new NewDelivery(SOURCE, new ObjectName("team-a", "build"), "uid-build",
                Samples.none())), remembered);
    }

    private Accepted accept(Event event) {
        return accept(event, Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Remembered remembered(String source, String key, String value) {
        return new Remembered(source, Map.of(key, Optional.of(bytes(value))));
    }

    private Optional<String> recalled(String source, String key) {
        return journal.recall(source, key).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    private List<String> all(String source, String prefix) {
        var all = new ArrayList<String>();
        journal.recallAll(source, prefix,
                (key, value) -> all.add(key + "=" + new String(value, StandardCharsets.UTF_8)));
        return all;
    }

    @Test
    void keepsAllThatASourceSaysOfItsEvent() throws Exception {
        for (var oldBody : List.of(Optional.<JsonNode>of(Samples.none().put("replicas", 1)),
                Optional.<JsonNode>of(NullNode.getInstance()), Optional.<JsonNode>empty())) {
            var event = sourced(Body.of(Samples.none().put("replicas", 2)), oldBody);
            var id = append(journal, accept(event)).getFirst();
            var hot = claimOne();
            restart();
            var cold = claimOne();
            var shown = journal.get(id).orElseThrow();

            for (var kept : List.of(hot.event(), cold.event(), shown.event().orElseThrow())) {
                assertThat(kept.origin()).isEqualTo(event.origin());
                assertThat(kept.body().bytes()).isEqualTo(event.body().bytes());
                assertThat(kept.headers().first("Authorization")).contains("redacted");
            }
            assertThat(List.of(hot.door(), cold.door(), shown.summary().door())).containsOnly(SOURCE);
            settle(cold, done());
        }
    }

    @Test
    void tellsAnEventThatWasPostedFromOneThatASourceBrought() throws Exception {
        append(journal, accepted(event(clock, "posted"), "team-a/build"));
        restart();

        assertThat(claimOne().event().origin()).isEqualTo(Origin.HTTP);
        assertThat(journal.list(DeliveryQuery.newest(1)).deliveries().getFirst().door()).isEqualTo(Samples.LISTENER);
    }

    @Test
    void keepsABodyOfAnyKind() throws Exception {
        for (var body : List.of(new byte[0], new byte[]{(byte) 0xFF, 0, 1}, bytes("no JSON"), bytes("[1,\"a\"]"),
                bytes("7"))) {
            append(journal, accept(sourced(Body.read(body), Optional.of(Samples.none().put("a", 1)))));
            restart();
            var delivery = claimOne();

            assertThat(delivery.event().body().bytes()).isEqualTo(body);
            assertThat(delivery.event().body().json()).isEqualTo(Body.read(body).json());
            settle(delivery, done());
        }
    }

    @Test
    void anOldBodyThatIsMuchLikeTheBodyCostsLittle() {
        var noise = new byte[12_000];
        new Random(1).nextBytes(noise);
        var before = Samples.none().put("noise", Base64.getEncoder().encodeToString(noise)).put("replicas", 1);
        append(journal, accept(sourced(Body.of(before.deepCopy().put("replicas", 2)), Optional.of(before))));

        assertThat(journal.backlog().ofTenant("team-a").bytes()).isLessThan(18_000);
    }

    @Test
    void aReplayHasTheSameOriginAndDoor() throws Exception {
        var event = sourced(Body.of(Samples.none()), Optional.of(Samples.none().put("a", 1)));
        append(journal, accept(event));
        var first = claimOne();
        settle(first, done());
        await(journal.replay(first.id(), "ann"));
        var replay = claimOne();

        assertThat(replay.event().origin()).isEqualTo(event.origin());
        assertThat(replay.door()).isEqualTo(SOURCE);
    }

    @Test
    void recallsWhatWasRememberedThroughARestart() throws Exception {
        await(journal.remember(remembered("u1", "offset", "7")));
        assertThat(recalled("u1", "offset")).contains("7");
        await(journal.remember(remembered("u1", "offset", "8")));
        await(journal.remember(remembered("u2", "offset", "")));
        restart();

        assertThat(recalled("u1", "offset")).contains("8");
        assertThat(recalled("u2", "offset")).contains("");
        assertThat(recalled("u1", "other")).isEmpty();
        assertThat(recalled("u3", "offset")).isEmpty();
        assertThat(journal.sourcesRemembered()).containsExactlyInAnyOrder("u1", "u2");
    }

    @Test
    void anEmptyValueRemovesItsKeyAndTheLastOfSeveralChangesCounts() {
        await(journal.remember(new Remembered("u1",
                Map.of("a", Optional.of(bytes("1")), "b", Optional.of(bytes("1")), "c", Optional.of(bytes("1"))))));
        var last = List.of(
                journal.remember(new Remembered("u1", Map.of("a", Optional.empty(), "b", Optional.of(bytes("2"))))),
                journal.remember(remembered("u1", "a", "3")), journal.remember(remembered("u1", "b", "4")),
                journal.remember(new Remembered("u1", Map.of("b", Optional.empty()))));
        last.forEach(Samples::await);

        assertThat(all("u1", "")).containsExactly("a=3", "c=1");
    }

    @Test
    void remembersWithTheEventEvenIfThatIsADuplicate() throws Exception {
        var dedup = Optional.of(new DedupKey("e1", Duration.ofHours(1)));
        for (int i = 1; i <= 2; i++) {
            var delivery = new NewDelivery(SOURCE, new ObjectName("team-a", "build"), "uid-build", Samples.none(),
                    dedup, Optional.empty());
            append(journal, new Accepted(sourced(Body.of(Samples.none()), Optional.empty()), List.of(delivery),
                    Optional.of(remembered("u1", "offset", "" + i))));
            assertThat(recalled("u1", "offset")).contains("" + i);
        }
        restart();

        assertThat(recalled("u1", "offset")).contains("2");
        assertThat(journal.list(DeliveryQuery.newest(10)).deliveries()).extracting(DeliverySummary::state)
                .containsExactly(DeliveryState.DUPLICATE, DeliveryState.PENDING);
    }

    @Test
    void recallsKeysInOrderPageByPageAndByPrefix() {
        var changes = new HashMap<String, Optional<byte[]>>();
        var expected = new ArrayList<String>();
        for (int i = 0; i < 1_000; i++) {
            changes.put("%04d".formatted(i), Optional.of(bytes("v" + i)));
            expected.add("%04d=v%d".formatted(i, i));
        }
        for (var key : List.of("a", "a/", "a/1", "a/ä", "a/€", "a0", "B", "ä", "€", "\uD83D\uDE00", "a\0b")) {
            changes.put(key, Optional.of(bytes("x")));
        }
        await(journal.remember(new Remembered("u1", changes)));
        await(journal.remember(remembered("u10", "a/2", "another's")));

        assertThat(all("u1", "0")).isEqualTo(expected);
        assertThat(all("u1", "a/")).containsExactly("a/=x", "a/1=x", "a/ä=x", "a/€=x");
        assertThat(all("u1", "z")).isEmpty();
        assertThat(all("u1", "")).hasSize(1_011).startsWith("0000=v0").containsSubsequence("B=x", "a=x", "a\0b=x",
                "a/=x",
                "a0=x", "ä=x", "€=x", "\uD83D\uDE00=x");
    }

    @Test
    void whoRecallsMayChangeWhatIsRecalled() {
        var changes = new HashMap<String, Optional<byte[]>>();
        for (int i = 0; i < 200; i++) {
            changes.put("%04d".formatted(i), Optional.of(bytes("v")));
        }
        await(journal.remember(new Remembered("u1", changes)));

        journal.recallAll("u1", "",
                (key, _) -> await(journal.remember(new Remembered("u1", Map.of(key, Optional.empty())))));

        assertThat(all("u1", "")).isEmpty();
        assertThat(journal.sourcesRemembered()).isEmpty();
    }

    @Test
    void forgetsASourceAndWhatItRemembersLaterIsNew() {
        await(journal.remember(new Remembered("u1", Map.of("a", Optional.of(bytes("1")), "b",
                Optional.of(bytes("1"))))));
        await(journal.remember(remembered("u2", "a", "1")));
        var stages = List.of(journal.remember(remembered("u1", "c", "1")), journal.forget("u1"),
                journal.remember(remembered("u1", "b", "2")), journal.forget("nobody"));
        stages.forEach(Samples::await);

        assertThat(all("u1", "")).containsExactly("b=2");
        assertThat(all("u2", "")).containsExactly("a=1");
    }

    @Test
    void takesTheLargestValueAndRefusesWhatIsLarger() {
        var largest = new byte[1 << 20];
        new Random(1).nextBytes(largest);
        await(journal.remember(new Remembered("u1", Map.of("€".repeat(512), Optional.of(largest)))));

        assertThat(journal.recall("u1", "€".repeat(512))).hasValueSatisfying(
                value -> assertThat(value).isEqualTo(largest));
        assertThatThrownBy(() -> new Remembered("u1", Map.of("k", Optional.of(new byte[(1 << 20) + 1]))))
                .hasMessageContaining("1048577 bytes under the key 'k'").hasMessageContaining("at most 1048576");
        assertThatThrownBy(() -> remembered("u1", "k".repeat(513), ""))
                .hasMessageContaining("513 characters").hasMessageContaining("at most 512");
        assertThatThrownBy(() -> remembered("", "k", "")).hasMessageContaining("name of a source");
    }

    @Test
    void refusesToRememberAfterItWasClosed() {
        journal.close();

        for (var stage : List.of(journal.remember(remembered("u1", "a", "1")), journal.forget("u1"))) {
            assertThatThrownBy(() -> await(stage)).hasRootCauseInstanceOf(NotRemembered.class)
                    .hasStackTraceContaining("what source u1 remembers could not be stored: the journal is closing");
        }
    }

    @Test
    void storesWhatItWasGivenToRememberBeforeItCloses() throws Exception {
        var stages = new ArrayList<java.util.concurrent.CompletionStage<Void>>();
        for (int i = 0; i < 500; i++) {
            stages.add(journal.remember(remembered("u1", "k" + i, "v")));
        }
        restart();

        stages.forEach(Samples::await);
        assertThat(all("u1", "")).hasSize(500);
        assertThat(journal.status().queuedBytes()).isZero();
    }
}
