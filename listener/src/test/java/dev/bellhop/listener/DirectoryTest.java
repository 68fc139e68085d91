package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.api.EventListener;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.ServedListener;
import dev.bellhop.engine.catalog.Stored;
import dev.bellhop.engine.select.Route;
import dev.bellhop.engine.select.TriggerIndex;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.RetentionLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryTest {
    private static final ObjectName SHARED = new ObjectName("desk", "shared");
    private static final String HOST = "hooks.example.com";

    @ParameterizedTest
    @CsvSource(textBlock = """
            /listeners/desk/shared              , ''
            /listeners/desk/shared/             , /
            /listeners/desk/shared/team-a       , /team-a
            /listeners/desk/shared/team-a/push  , /team-a/push
            """)
    void aSharedProcessHasEachUnderItsName(String path, String rest) {
        assertThat(directory(Optional.empty()).find(HOST, path, "name=push")).hasValueSatisfying(place -> {
            assertThat(place.listener().stored().name()).isEqualTo(SHARED);
            assertThat(place.route()).isEqualTo(Route.of(rest, "name=push"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/team-a", "/listeners", "/listeners/", "/listeners/desk", "/listeners/desk/",
            "/listeners/desk/other",
            "/listeners/other/shared", "/listeners//desk/shared", "/listeners/desk//shared", "/Listeners/desk/shared",
            "listeners/desk/shared"})
    void aSharedProcessHasNothingElsewhere(String path) {
        assertThat(directory(Optional.empty()).find(HOST, path, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/team-a", "/listeners/desk/shared"})
    void aProcessForOneHasItAtTheRoot(String path) {
        assertThat(directory(Optional.of(SHARED)).find(HOST, path, ""))
                .hasValueSatisfying(place -> assertThat(place.route()).isEqualTo(Route.of(path, "")));
    }

    @Test
    void aProcessForOneThatIsNotThereHasNothing() {
        assertThat(directory(Optional.of(new ObjectName("desk", "other"))).find(HOST, "/", "")).isEmpty();
    }

    @Test
    void whatIsReplacedIsServedAtOnce() {
        var directory = directory(Optional.empty());
        directory.replace(Catalog.NOTHING);
        assertThat(directory.find(HOST, "/listeners/desk/shared", "")).isEmpty();
        assertThat(directory.behind(Door.listener(SHARED))).isEmpty();
    }

    /// What the Namespace says is not known yet: it may say that all is to be kept.
    @Test
    void beforeTheClusterWasReadAllHistoryIsKept() {
        var directory = new Directory(Optional.empty());
        assertThat(directory.retention("team-a")).isEqualTo(RetentionLimits.EVERYTHING);
        directory.replace(Catalog.NOTHING);
        assertThat(directory.retention("team-a")).isEqualTo(RetentionLimits.DEFAULT);
    }

    private static Directory directory(Optional<ObjectName> only) {
        var directory = new Directory(only);
        var stored = new Stored<EventListener>(SHARED, "uid", 1, "1", Map.of(), Map.of(),
                new Read.Understood<>(new EventListener(), List.of()));
        directory.replace(new Catalog(Map.of(SHARED,
                new ServedListener(stored, Optional.empty(), List.of(), TriggerIndex.of(List.of(), Map.of()))),
                Map.of(), Map.of(), Catalog.NOTHING.limits(), Catalog.NOTHING.exposures()));
        return directory;
    }
}
