package dev.bellhop.listener.conditions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.ConditionsSpec;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.conditions.Conditions;
import dev.bellhop.engine.conditions.ConditionsCompiler;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.JournalFixture;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Samples;
import dev.bellhop.listener.journal.sqlite.SqliteJournal;
import dev.bellhop.listener.journal.sqlite.SqliteSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is forgotten at a time, and what a repeated try sees. It is noon in UTC, and four in the morning in Los Angeles.
class GatheringTest extends JournalFixture {
    @TempDir
    Path directory;

    private final Conditions both = compile("""
            expression: a && b
            events: [{name: a, filter: body.text.startsWith('a')}, {name: b, filter: body.text.startsWith('b')}]
            reset: [{schedule: 59 23 * * *, timeZone: America/Los_Angeles}]
            """);

    @Override
    protected Journal open() throws Exception {
        return SqliteJournal.open(SqliteSettings.in(directory), clock);
    }

    @Test
    void forgetsWhatCameBeforeItsTime() throws Exception {
        assertThat(gather("a1")).isEqualTo(new Gathered.Waiting(Set.of("a")));
        clock.advance(Duration.ofHours(19).plusMinutes(58));
        assertThat(gather("nothing")).isEqualTo(new Gathered.Waiting(Set.of()));
        assertThat(gather("a2")).isEqualTo(new Gathered.Waiting(Set.of("a")));
        clock.advance(Duration.ofMinutes(2));
        assertThat(gather("b1")).isEqualTo(new Gathered.Waiting(Set.of("b")));
        assertThat(texts(gather("a3"))).isEqualTo("a3 b1");
    }

    @Test
    void whatWasActedOnIsUsedUpAndALaterOneTakesTheLatestOfEach() throws Exception {
        gather("a1");
        gather("a2");
        assertThat(texts(gather("b1"))).isEqualTo("a2 b1");
        assertThat(gather("b2")).isEqualTo(new Gathered.Waiting(Set.of("b")));
    }

    @Test
    void aRepeatedTryActsForTheSameEventsAlsoAfterARestart() throws Exception {
        gather("a1");
        var completing = accepted("b1");
        var first = texts(new Gathering(journal, clock).gather(completing, both));
        gather("a2");
        restart();
        assertThat(texts(new Gathering(journal, clock).gather(completing, both))).isEqualTo(first).isEqualTo("a1 b1");
    }

    /// Of one more event, whose delivery is finished then.
    private Gathered gather(String text) throws Exception {
        var delivery = accepted(text);
        var gathered = new Gathering(journal, clock).gather(delivery, both);
        Samples.settle(journal, clock, delivery, new Outcome.Done(List.of()));
        return gathered;
    }

    private Delivery accepted(String text) throws Exception {
        clock.advance(Duration.ofMillis(1));
        Samples.append(journal, Samples.accepted(Samples.event(clock, text), "team-a/both"));
        return claimOne();
    }

    private static String texts(Gathered gathered) {
        return switch (gathered) {
            case Gathered.Complete(var event, var _) -> event.body().json().at("/a/text").asText() + " "
                    + event.body().json().at("/b/text").asText();
            case Gathered.Waiting waiting -> throw new AssertionError(waiting.toString());
        };
    }

    private static Conditions compile(String spec) {
        try {
            var problems = new ArrayList<Problem>();
            var compiled = ConditionsCompiler.compile(new YAMLMapper().readValue(spec, ConditionsSpec.class),
                    "spec.conditions", "team-a", problems);
            assertThat(problems).isEmpty();
            return compiled.orElseThrow();
        } catch (JsonProcessingException e) {
            throw new AssertionError(spec, e);
        }
    }
}
