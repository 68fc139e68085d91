package dev.bellhop.spi.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/// What every kind of event source promises. The test of a kind implements this, makes its events happen, and inherits the rest.
public interface SourceContract {
    /// The kind.
    EventSourceType type();

    /// A spec that can be started.
    JsonNode soundSpec();

    /// A spec that cannot, with one thing wrong.
    JsonNode brokenSpec();

    /// Makes the event of this number happen, whether the source runs or not.
    void happen(int number) throws Exception;

    /// How long an event may take to be brought.
    default Duration patience() {
        return Duration.ofSeconds(20);
    }

    @Test
    default void hasANameThatIsADnsLabelAndSaysWhatItIs() {
        assertThat(type().name()).matches("[a-z]([a-zA-Z0-9-]{0,61}[a-z0-9A-Z])?");
        assertThat(type().description()).isNotBlank();
    }

    @Test
    default void describesEachFieldOfItsSchema() {
        assertThat(type().schema().path("type").asText()).isEqualTo("object");
        var fields = type().schema().path("properties");
        assertThat(fields.properties()).isNotEmpty()
                .allSatisfy(field -> assertThat(field.getValue().path("description").asText()).as(field.getKey())
                        .isNotBlank());
        soundSpec().fieldNames().forEachRemaining(name -> assertThat(fields.has(name)).as(name).isTrue());
    }

    @Test
    default void tellsASoundSpecFromABrokenOne() {
        assertThat(type().problems(soundSpec())).isEmpty();
        assertThat(type().problems(brokenSpec())).isNotEmpty().allSatisfy(why -> assertThat(why).isNotBlank());
    }

    @Test
    default void bringsWhatHappensEachUnderItsOwnId() throws Exception {
        var context = new TestContext();
        try (var _ = type().start(soundSpec(), context)) {
            awaitConnected(context);
            happen(1);
            happen(2);
            happen(3);
            await().atMost(patience()).until(() -> context.kept().size() == 3);
        }
        assertThat(ids(context)).doesNotHaveDuplicates();
        assertThat(context.kept()).allSatisfy(event -> assertThat(event.type()).isNotBlank());
    }

    @Test
    default void bringsAgainUnderTheSameIdWhatIsNotKept() throws Exception {
        var context = new TestContext();
        try (var _ = type().start(soundSpec(), context)) {
            awaitConnected(context);
            context.refuse(2);
            happen(1);
            await().atMost(patience()).until(() -> context.kept().size() == 1);
        }
        assertThat(new HashSet<>(context.refused())).isEqualTo(new HashSet<>(ids(context)));
    }

    @Test
    default void bringsNothingAfterItWasClosed() throws Exception {
        var context = new TestContext();
        var running = type().start(soundSpec(), context);
        awaitConnected(context);
        running.close();
        happen(1);
        await().during(Duration.ofSeconds(1)).atMost(patience()).until(() -> context.kept().isEmpty());
    }

    @Test
    default void goesOnWhereItWasWhenItIsStartedAgain() throws Exception {
        var context = new TestContext();
        try (var _ = type().start(soundSpec(), context)) {
            awaitConnected(context);
            happen(1);
            await().atMost(patience()).until(() -> context.kept().size() == 1);
        }
        happen(2);
        try (var _ = type().start(soundSpec(), context)) {
            happen(3);
            await().atMost(patience()).until(() -> context.kept().size() >= 3);
            await().during(Duration.ofMillis(500)).until(() -> context.kept().size() == 3);
        }
        assertThat(ids(context)).doesNotHaveDuplicates();
    }

    private void awaitConnected(TestContext context) {
        await().atMost(patience()).until(() -> !context.healths().isEmpty()
                && context.healths().getLast() instanceof SourceHealth.Connected);
    }

    private static List<String> ids(TestContext context) {
        return context.kept().stream().map(SourceEvent::id).toList();
    }
}
