package dev.bellhop.listener.source.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.spi.source.SourceEvent;
import dev.bellhop.spi.source.SourceHealth;
import dev.bellhop.spi.source.TestContext;
import org.junit.jupiter.api.Test;

/// A schedule of every minute, nothing of which runs for twenty minutes.
class CronSourceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:30Z");
    private static final Instant BACK = START.plus(Duration.ofMinutes(20));

    private final TestContext context = new TestContext();

    @Test
    void makesUpForTheMinutesThatAreNotTooOldAndIsOnTimeAfterwards() throws JsonProcessingException {
        runUntilItKeepsTime("{schedule: '* * * * *', catchUp: {maxAge: 5m}}", START);
        assertThat(context.kept()).isEmpty();

        runUntilItKeepsTime("{schedule: '* * * * *', catchUp: {maxAge: 5m}}", BACK);

        assertThat(context.kept()).extracting(SourceEvent::id).containsExactly("2026-01-01T00:16:00Z",
                "2026-01-01T00:17:00Z", "2026-01-01T00:18:00Z", "2026-01-01T00:19:00Z", "2026-01-01T00:20:00Z");
        assertThat(context.kept()).allSatisfy(event -> {
            assertThat(event.facts().get("catchUp").asBoolean()).isTrue();
            assertThat(event.facts().get("scheduledTime").asText()).isEqualTo(event.id());
        });

        // A minute later, not one of them comes again.
        runUntilItKeepsTime("{schedule: '* * * * *', catchUp: {maxAge: 5m}}", BACK.plus(Duration.ofMinutes(1)));
        assertThat(context.kept()).extracting(SourceEvent::id).hasSize(6).endsWith("2026-01-01T00:21:00Z");
    }

    @Test
    void makesUpForTheLatestWhenThereAreTooMany() throws JsonProcessingException {
        runUntilItKeepsTime("{schedule: '* * * * *', catchUp: {max: 2}}", START);
        runUntilItKeepsTime("{schedule: '* * * * *', catchUp: {max: 2}}", BACK);
        assertThat(context.kept()).extracting(SourceEvent::id).containsExactly("2026-01-01T00:19:00Z",
                "2026-01-01T00:20:00Z");
    }

    @Test
    void leavesOutWhatPassedUnlessItIsToCatchUp() throws JsonProcessingException {
        runUntilItKeepsTime("{schedule: '* * * * *'}", START);
        runUntilItKeepsTime("{schedule: '* * * * *'}", BACK);
        assertThat(context.kept()).isEmpty();
    }

    @Test
    void bringsWhatCouldNotBeKeptOnceItCan() throws JsonProcessingException {
        runUntilItKeepsTime("{schedule: '* * * * *', catchUp: {max: 2}}", START);
        context.refuse(3);
        runUntilItKeepsTime("{schedule: '* * * * *', catchUp: {max: 2}}", BACK);
        assertThat(context.refused()).isEqualTo(List.of("2026-01-01T00:19:00Z", "2026-01-01T00:19:00Z",
                "2026-01-01T00:19:00Z"));
        assertThat(context.kept()).extracting(SourceEvent::id).containsExactly("2026-01-01T00:19:00Z",
                "2026-01-01T00:20:00Z");
    }

    private void runUntilItKeepsTime(String spec, Instant now) throws JsonProcessingException {
        context.setClock(Clock.fixed(now, ZoneOffset.UTC));
        int before = context.healths().size();
        var source = new CronSource(CronPlan.read(new YAMLMapper().readTree(spec)).plan().orElseThrow(), context);
        source.start();
        await().until(() -> context.healths().stream().skip(before).anyMatch(SourceHealth.Connected.class::isInstance));
        source.close();
    }
}
