package dev.bellhop.listener.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.Door;
import org.junit.jupiter.api.Test;

class RecentDropsTest {
    private static final ObjectName SOURCE = new ObjectName("team-a", "warnings");
    private static final ObjectName TRIGGER = new ObjectName("team-a", "tell");

    private final RecentDrops drops = new RecentDrops();

    private void drop(ObjectName source, int second, String rule) {
        drops.add(source, Instant.ofEpochSecond(second), new EventId("e-" + second), rule, "Pod:Killing " + second);
    }

    private List<String> missed(ObjectName source) {
        return drops.missedBy(TRIGGER, "uid", source).stream().map(happening -> happening.ending().detail()).toList();
    }

    @Test
    void showAsFilteredByTheSourceForATriggerBehindIt() {
        drop(SOURCE, 1, "rules[0]");
        assertThat(drops.missedBy(TRIGGER, "uid", SOURCE)).singleElement().satisfies(happening -> {
            assertThat(happening.trigger()).isEqualTo(TRIGGER);
            assertThat(happening.door()).isEqualTo(Door.source(SOURCE));
            assertThat(happening.ending().outcome()).isEqualTo("Filtered");
            assertThat(happening.ending().detail()).isEqualTo("EventSource warnings: rules[0]: Pod:Killing 1");
        });
    }

    @Test
    void aRuleThatDropsMuchHidesNoOther() {
        drop(SOURCE, 1, "rules[0]");
        for (int i = 2; i < 1000; i++) {
            drop(SOURCE, i, "no rule matches");
        }
        assertThat(missed(SOURCE)).hasSize(6).contains("EventSource warnings: rules[0]: Pod:Killing 1",
                "EventSource warnings: no rule matches: Pod:Killing 999");
    }

    @Test
    void ofManyRulesTheLatestAreKept() {
        for (int i = 0; i < 100; i++) {
            drop(SOURCE, i, "rules[" + i + "]");
        }
        assertThat(missed(SOURCE)).hasSize(8).last().asString().contains("rules[99]");
    }

    @Test
    void aSourceThatIsGoneIsForgotten() {
        var other = new ObjectName("team-b", "warnings");
        drop(SOURCE, 1, "rules[0]");
        drop(other, 2, "rules[0]");
        drops.retain(Set.of(other));
        assertThat(missed(SOURCE)).isEmpty();
        assertThat(missed(other)).hasSize(1);
        assertThat(drops.sources()).containsExactly(other);
    }
}
