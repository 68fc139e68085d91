package dev.bellhop.listener.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    private static final Set<String> KNOWN = Set.of("namespace", "trigger", "outcome", "from", "to", "eventID", "limit",
            "dryRun", "continue");

    private static DeliveryFilter filter(String query) {
        return DeliveryFilter.of(new ApiRequest(Map.of(), Query.of(query, KNOWN), Optional.empty()));
    }

    @Test
    void readsWhatIsWanted() {
        var filter = filter("namespace=team-a&trigger=push&outcome=failed,Retrying&outcome=Filtered"
                + "&from=2026-01-01T00:00:00%2B01:00&to=2026-01-02T00:00:00Z&eventID=e-1");
        assertThat(filter.namespace()).contains("team-a");
        assertThat(filter.trigger()).contains("push");
        assertThat(filter.outcomes()).containsExactlyInAnyOrder(ShownOutcome.Failed, ShownOutcome.Retrying,
                ShownOutcome.Filtered);
        assertThat(filter.from()).contains(Instant.parse("2025-12-31T23:00:00Z"));
    }

    @Test
    void anEmptyParameterIsAnAbsentOne() {
        assertThat(filter("namespace=&trigger&&outcome=").namespace()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "outcome=Broken|outcome='Broken' must be one of Pending, Retrying, Created",
            "from=yesterday|from='yesterday' must be a time such as 2026-01-31T12:00:00Z",
            "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z|must be before to=",
            "eventID=a/b|eventID='a/b' is none",
            "triger=push|parameter 'triger' is not known here; there is continue, dryRun",
            "trigger=a&trigger=b|trigger is given 2 times",
            "trigger=%zz|'%zz' is not percent-encoded",
    })
    void tellsWhichParameterCannotBeUsed(String query, String message) {
        assertThatThrownBy(() -> filter(query)).isInstanceOf(UnusableParameter.class).hasMessageContaining(message);
    }

    @Test
    void countsAndFlagsHaveTheirBounds() {
        assertThat(Query.of("", KNOWN).number("limit", 50, 1000)).isEqualTo(50);
        assertThat(Query.of("limit=1000", KNOWN).number("limit", 50, 1000)).isEqualTo(1000);
        assertThatThrownBy(() -> Query.of("limit=1001", KNOWN).number("limit", 50, 1000))
                .hasMessage("limit='1001' must be from 1 to 1000");
        assertThat(Query.of("dryRun=true", KNOWN).flag("dryRun")).isTrue();
        assertThatThrownBy(() -> Query.of("dryRun=yes", KNOWN).flag("dryRun"))
                .hasMessage("dryRun='yes' must be true or false");
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "e30", "eyJ0IjoieCJ9"})
    void aTokenOfOurOwnMakingIsNone(String text) {
        assertThatThrownBy(() -> PageToken.read(text)).isInstanceOf(UnusableParameter.class)
                .hasMessageContaining("continue='" + text + "' was not given out by this listener");
    }
}
