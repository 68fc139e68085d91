package dev.bellhop.listener.source.cron;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.bellhop.api.CronSourceSpec;
import dev.bellhop.engine.policy.GoDuration;
import dev.bellhop.engine.schedule.Schedule;
import org.jspecify.annotations.Nullable;

/// What a sound `cron` spec means.
///
/// @param written  the schedule or interval as written, for people
/// @param catchUp  absent: times that passed while nothing ran are left out
record CronPlan(String written, Timetable timetable, ZoneId zone, Optional<CatchUp> catchUp, JsonNode payload) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final Pattern ZONE_IN_SCHEDULE = Pattern.compile("(?:CRON_)?TZ=(\\S+)\\s+(.*)");
    private static final Pattern BASIC_DATE = Pattern.compile("(\\d{8})(?:T\\d{6}Z?)?");
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST_CAUGHT_UP = 10_000;

    /// Which of the times that passed are made up for.
    record CatchUp(Duration maxAge, int max) {
        static final CatchUp DEFAULT = new CatchUp(Duration.ofHours(1), 100);
    }

    /// What reading a spec gave: a plan, or what is wrong with it.
    record ReadPlan(Optional<CronPlan> plan, List<String> problems) {}

    static ReadPlan read(JsonNode json) {
        try {
            return new Reading().read(JSON.treeToValue(json, CronSourceSpec.class));
        } catch (JsonProcessingException e) {
            return new ReadPlan(Optional.empty(), List.of(e.getOriginalMessage()));
        }
    }

    /// Collects what is wrong, field by field.
    private static final class Reading {
        private final List<String> problems = new ArrayList<>();

        ReadPlan read(CronSourceSpec spec) {
            var schedule = filled(spec.schedule());
            var interval = filled(spec.interval());
            var zoneName = filled(spec.timeZone()).orElse("UTC");
            if (schedule.isPresent()) {
                var withZone = ZONE_IN_SCHEDULE.matcher(schedule.get());
                if (withZone.matches()) {
                    zoneName = withZone.group(1);
                    schedule = Optional.of(withZone.group(2));
                }
                if (schedule.get().startsWith("@every ")) {
                    interval = Optional.of(schedule.get().substring("@every ".length()).strip());
                    schedule = Optional.empty();
                }
            }
            var zone = zone(zoneName);
            var exclusions = exclusions(spec.exclusionDates());
            var timetable = timetable(schedule, interval, zone, exclusions);
            var catchUp = Optional.ofNullable(spec.catchUp()).map(this::catchUp);
            return !problems.isEmpty() || timetable.isEmpty()
                    ? new ReadPlan(Optional.empty(), List.copyOf(problems))
                    : new ReadPlan(Optional.of(new CronPlan(schedule.or(() -> filled(spec.interval())).orElse("@every"),
                            timetable.get(), zone, catchUp,
                            Objects.requireNonNullElse(spec.payload(), NullNode.getInstance()))), List.of());
        }

        private Optional<Timetable> timetable(Optional<String> schedule, Optional<String> interval, ZoneId zone,
                Set<LocalDate> exclusions) {
            if (schedule.isPresent() == interval.isPresent()) {
                problems.add(schedule.isPresent()
                        ? "interval: write schedule or interval, not both"
                        : "schedule is missing: write schedule, such as \"0 9 * * 1-5\", or interval, such as 10m");
                return Optional.empty();
            }
            return schedule.isPresent()
                    ? schedule(schedule.get(), zone, exclusions)
                    : interval(interval.get(), zone, exclusions);
        }

        private Optional<Timetable> schedule(String text, ZoneId zone, Set<LocalDate> exclusions) {
            return switch (Schedule.parse(text, zone)) {
                case Schedule.Read.Sound(var schedule) -> Optional.of(new Timetable.Cron(schedule, exclusions));
                case Schedule.Read.Broken(var why) -> {
                    problems.add("schedule " + why);
                    yield Optional.empty();
                }
            };
        }

        private Optional<Timetable> interval(String text, ZoneId zone, Set<LocalDate> exclusions) {
            var length = GoDuration.parse(text).filter(duration -> duration.compareTo(SHORTEST) >= 0);
            if (length.isEmpty()) {
                problems.add("interval '" + text + "' must be at least 1s; " + GoDuration.WAY_OUT);
            }
            return length.map(duration -> new Timetable.Interval(duration, zone, exclusions));
        }

        private ZoneId zone(String name) {
            try {
                return ZoneId.of(name);
            } catch (DateTimeException e) {
                problems.add("timeZone '" + name + "' is not known: write an IANA name such as Europe/Berlin or UTC");
                return ZoneOffset.UTC;
            }
        }

        private Set<LocalDate> exclusions(List<String> texts) {
            var days = new HashSet<LocalDate>();
            for (int i = 0; i < texts.size(); i++) {
                var text = texts.get(i);
                var list = text.startsWith("EXDATE") ? text.substring(text.indexOf(':') + 1) : text;
                for (var one : list.split(",")) {
                    int index = i;
                    day(one.strip()).ifPresentOrElse(days::add, () -> problems.add("exclusionDates[" + index + "] '"
                            + text + "' is no date: write 2026-12-25 or EXDATE:20261225T000000Z"));
                }
            }
            return Set.copyOf(days);
        }

        private static Optional<LocalDate> day(String text) {
            try {
                var basic = BASIC_DATE.matcher(text);
                return Optional.of(basic.matches()
                        ? LocalDate.parse(basic.group(1), DateTimeFormatter.BASIC_ISO_DATE)
                        : LocalDate.parse(text));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }

        private CatchUp catchUp(CronSourceSpec.CatchUp spec) {
            var age = filled(spec.maxAge());
            var maxAge = age.map(GoDuration::parse).orElse(Optional.of(CatchUp.DEFAULT.maxAge()));
            if (maxAge.isEmpty()) {
                problems.add("catchUp.maxAge '" + age.orElse("") + "' is no duration; " + GoDuration.WAY_OUT);
            }
            int max = Objects.requireNonNullElse(spec.max(), CatchUp.DEFAULT.max());
            if (max < 1 || max > MOST_CAUGHT_UP) {
                problems.add("catchUp.max " + max + " must be from 1 to " + MOST_CAUGHT_UP);
            }
            return new CatchUp(maxAge.orElse(CatchUp.DEFAULT.maxAge()), max);
        }

        private static Optional<String> filled(@Nullable String text) {
            return Optional.ofNullable(text).map(String::strip).filter(stripped -> !stripped.isEmpty());
        }
    }
}
