package dev.bellhop.listener.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.JournalFixture;
import dev.bellhop.listener.journal.Samples;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.sqlite.SqliteJournal;
import dev.bellhop.listener.journal.sqlite.SqliteSettings;
import dev.bellhop.listener.record.Ending;
import dev.bellhop.listener.record.Happening;
import dev.bellhop.listener.record.RecentHappenings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How lines of the journal and lines from memory become pages of one listing.
class DeliveryListTest extends JournalFixture {
    private static final DeliveryFilter ALL = filter();

    @TempDir
    private Path directory;

    private final RecentHappenings recent = new RecentHappenings(_ -> Optional.empty());
    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private int filtered;

    @Override
    protected Journal open() throws Exception {
        return SqliteJournal.open(SqliteSettings.in(directory), clock);
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    private static DeliveryFilter filter(ShownOutcome... outcomes) {
        return new DeliveryFilter(Optional.empty(), Optional.empty(), Set.of(outcomes), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    private JsonNode page(DeliveryFilter filter, int limit, String token) {
        var after = Optional.of(token).filter(text -> !text.isEmpty()).map(PageToken::read);
        return page(filter, new DeliveryList.Seen.All(), limit, after);
    }

    private JsonNode page(DeliveryFilter filter, DeliveryList.Seen seen, int limit, Optional<PageToken> after) {
        return new DeliveryList(new Access(client, System::nanoTime), journal, recent, Set::of).page(filter, seen,
                limit, after);
    }

    private List<String> details(JsonNode page) {
        return page.path("items").valueStream().map(item -> item.path("eventID").asText()).toList();
    }

    private void accept() {
        accept("team-a");
    }

    private void accept(String namespace) {
        Samples.append(journal, Samples.accepted(Samples.event(clock, "x"), namespace + "/push"));
    }

    private void filter(Instant at) {
        recent.add(new Happening(at, new EventId("filtered-" + ++filtered), Optional.empty(), Samples.LISTENER,
                new ObjectName("team-a", "push"), "uid", new Ending.Filtered("cel", "no")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1000})
    void theNextPageBeginsWhereTheOneBeforeEnded(int limit) {
        for (int i = 0; i < 12; i++) {
            if (i % 3 == 0) {
                filter(clock.instant());
                filter(clock.instant().plusNanos(300));
            }
            accept();
            if (i % 4 == 0) {
                filter(clock.instant());
                clock.advance(java.time.Duration.ofMillis(1));
            }
        }
        var whole = details(page(ALL, 1000, ""));
        assertThat(whole).hasSize(12 + filtered).doesNotHaveDuplicates();

        var collected = new ArrayList<String>();
        var token = "";
        do {
            var page = page(ALL, limit, token);
            assertThat(details(page).size()).isBetween(1, limit);
            collected.addAll(details(page));
            token = page.path("metadata").path("continue").asText();
            // What happens meanwhile belongs to a later listing.
            clock.advance(java.time.Duration.ofMillis(5));
            accept();
            filter(clock.instant());
        } while (!token.isEmpty());
        assertThat(collected).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void ofAllNamespacesOnlyThoseAreShownThatMayBeSeen(int limit) {
        for (int i = 0; i < 40; i++) {
            accept("team-" + "abcd".charAt(i % 4));
            if (i % 10 == 0) {
                filter(clock.instant());
            }
            clock.advance(java.time.Duration.ofMillis(1));
        }
        var seen = new DeliveryList.Seen.Of(Set.of("team-a", "team-c"));
        var collected = new ArrayList<JsonNode>();
        Optional<PageToken> after = Optional.empty();
        do {
            var page = page(ALL, seen, limit, after);
            page.path("items").forEach(collected::add);
            after = Optional.ofNullable(page.path("metadata").get("continue")).map(JsonNode::asText)
                    .map(PageToken::read);
        } while (after.isPresent());
        assertThat(collected).hasSize(24).doesNotHaveDuplicates()
                .extracting(line -> line.path("namespace").asText()).containsOnly("team-a", "team-c");
        assertThat(collected).extracting(line -> Instant.parse(line.path("time").asText()))
                .isSortedAccordingTo(Comparator.reverseOrder());
        var one = page(ALL, new DeliveryList.Seen.Of(Set.of("team-d")), 1000, Optional.empty());
        assertThat(one.path("items")).hasSize(10);
    }

    @Test
    void passesOverManyOfOthers() {
        accept("team-a");
        for (int i = 0; i < 2_500; i++) {
            clock.advance(java.time.Duration.ofMillis(1));
            accept("team-b");
        }
        var page = page(ALL, new DeliveryList.Seen.Of(Set.of("team-a", "team-c")), 10, Optional.empty());
        assertThat(page.path("items")).hasSize(1);
        assertThat(page.path("metadata").has("continue")).isFalse();
    }

    @Test
    void anOutcomeIsLookedForWhereItIsKept() {
        accept();
        filter(clock.instant());
        assertThat(page(filter(ShownOutcome.Pending), 10, "").path("items")).hasSize(1);
        assertThat(page(filter(ShownOutcome.Filtered), 10, "").path("items")).hasSize(1);
        assertThat(page(filter(ShownOutcome.Filtered, ShownOutcome.Pending), 10, "").path("items")).hasSize(2);
        assertThat(page(filter(ShownOutcome.Failed), 10, "").path("items")).isEmpty();
    }
}
