package dev.bellhop.listener.source.cron;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.engine.schedule.Schedule;

/// At which times events are due.
sealed interface Timetable {
    /// Beyond so many days without an event, there is none.
    int MOST_EXCLUSIONS = 10_000;

    /// The first time after `time`; empty when there is none any more. `start` is when the source began for the first time.
    Optional<Instant> after(Instant time, Instant start);

    /// By a schedule, but not on some days of its time zone.
    record Cron(Schedule schedule, Set<LocalDate> exclusions) implements Timetable {
        @Override
        public Optional<Instant> after(Instant time, Instant start) {
            var next = schedule.after(time);
            for (int i = 0; i < MOST_EXCLUSIONS && next.isPresent(); i++) {
                var day = next.get().atZone(schedule.zone()).toLocalDate();
                if (!exclusions.contains(day)) {
                    return next;
                }
                // From the last moment of the day, which may be 23 or 25 hours long.
                next = schedule.after(day.plusDays(1).atStartOfDay(schedule.zone()).toInstant().minusNanos(1));
            }
            return Optional.empty();
        }
    }

    /// Always the same length apart, from the start on, but not on some days of a time zone.
    record Interval(Duration length, ZoneId zone, Set<LocalDate> exclusions) implements Timetable {
        @Override
        public Optional<Instant> after(Instant time, Instant start) {
            var next = next(time, start);
            for (int i = 0; i < MOST_EXCLUSIONS; i++) {
                var day = next.atZone(zone).toLocalDate();
                if (!exclusions.contains(day)) {
                    return Optional.of(next);
                }
                next = next(day.plusDays(1).atStartOfDay(zone).toInstant().minusNanos(1), start);
            }
            return Optional.empty();
        }

        private Instant next(Instant time, Instant start) {
            if (time.isBefore(start)) {
                return start.plus(length);
            }
            long passed = Duration.between(start, time).dividedBy(length);
            return start.plus(length.multipliedBy(passed + 1));
        }
    }
}
