package dev.bellhop.cli.kind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.api.action.ActionSpec;
import dev.bellhop.cli.Run;
import org.junit.jupiter.api.Test;

class KindCommandsTest {
    @Test
    void listWhatThereIs() {
        assertThat(Run.of("sources").out()).startsWith("NAME").containsPattern("cron +Events by the clock");
        assertThat(Run.of("filters").out()).containsPattern("cel +Lets pass").containsPattern("hmac +Checks");
        assertThat(Run.of("actions").out()).containsPattern("http +Sends an HTTP request");
    }

    @Test
    void leaveNoActionOut() {
        assertThat(KnownKinds.listedActions()).extracting(ListedKind::name)
                .containsExactlyInAnyOrderElementsOf(ActionSpec.KINDS);
    }

    @Test
    void showTheFieldsOfOne() {
        assertThat(Run.of("sources", "cron").out()).startsWith("FIELD")
                .containsPattern("exclusionDates +list of strings +Days without events")
                .containsPattern("catchUp.max +integer +How many");
        assertThat(Run.of("filters", "gitlab").out()).containsPattern("eventTypes +list of strings +Which");
    }

    /// Of Kubernetes' label selectors, what stands in them is Kubernetes' own.
    @Test
    void describeEveryField() {
        for (var kinds : List.of(KnownKinds.listedSources(), KnownKinds.listedFilters(),
                KnownKinds.listedActions())) {
            assertThat(kinds).allSatisfy(kind -> assertThat(kind.fields()).as(kind.name()).isNotEmpty()
                    .filteredOn(field -> !field.name().contains(".match"))
                    .allSatisfy(field -> assertThat(field.description()).as(field.name()).isNotBlank()));
        }
    }

    @Test
    void speakToPrograms() throws IOException {
        var one = new JsonMapper().readTree(Run.of("sources", "cron", "-o", "json").out());
        assertThat(one.at("/fields/0/name").asText()).isEqualTo("schedule");
        assertThat(new JsonMapper().readTree(Run.of("actions", "-o", "json").out())).isNotEmpty();
        assertThat(Run.of("actions", "log", "-o", "yaml").out()).startsWith("name: log\n");
    }

    @Test
    void guessWhichWasMeant() {
        var run = Run.of("actions", "htp");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is no 'htp'; did you mean http?");
    }
}
