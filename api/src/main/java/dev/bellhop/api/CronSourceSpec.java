package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.action.AnyJson;
import org.jspecify.annotations.Nullable;

/// Events by the clock. Either `schedule` or `interval`.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CronSourceSpec(
        @JsonPropertyDescription("When, as five fields of cron (minute hour day-of-month month day-of-week) or @hourly, @daily, @weekly, @monthly, @yearly.") @Nullable String schedule,
        @JsonPropertyDescription("How often, such as 10s or 1h30m, at least 1s; the first time one interval after the start.") @Nullable String interval,
        @JsonPropertyDescription("IANA time zone in which schedule and exclusionDates are read, such as Europe/Berlin. Default: UTC.") @JsonAlias("timezone") @Nullable String timeZone,
        @JsonPropertyDescription("Days without events, each as 2026-12-25 or as iCalendar's EXDATE:20261225T000000Z.") List<String> exclusionDates,
        @JsonPropertyDescription("What becomes of times that passed while nothing ran. Absent: they are left out.") @JsonAlias("catchup") @Nullable CatchUp catchUp,
        @JsonPropertyDescription("body.payload of each event.") @AnyJson @Nullable JsonNode payload) {

    public CronSourceSpec {
        exclusionDates = exclusionDates == null ? List.of() : List.copyOf(exclusionDates);
    }

    /// Times that passed while nothing ran are made up for.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record CatchUp(
            @JsonPropertyDescription("Times longer ago are left out, such as 5m. Default: 1h.") @JsonAlias("maxDuration") @Nullable String maxAge,
            @JsonPropertyDescription("How many events at most; the latest count. Default: 100.") @Nullable Integer max) {}
}
