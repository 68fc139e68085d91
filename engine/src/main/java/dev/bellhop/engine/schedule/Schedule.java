package dev.bellhop.engine.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;

/// Times that come again in a time zone, written as five fields of cron (minute, hour, day of month, month, day of week) or as a
/// nickname such as `@daily`. Immutable.
public final class Schedule {
    private static final CronParser PARSER = new CronParser(
            CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final Map<String, String> NICKNAMES = Map.of("@hourly", "0 * * * *", "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *", "@weekly", "0 0 * * 0", "@monthly", "0 0 1 * *", "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");
    /// A schedule that ever comes has come within so many years of any time: the 29th of February.
    private static final ZonedDateTime SOME_TIME = ZonedDateTime.parse("2026-01-01T00:00:00Z");

    private final ExecutionTime times;
    private final ZoneId zone;

    private Schedule(ExecutionTime times, ZoneId zone) {
        this.times = times;
        this.zone = zone;
    }

    /// What became of a text.
    public sealed interface Read {
        /// It is a schedule.
        record Sound(Schedule schedule) implements Read {}

        /// It is none; `why` follows the field's path in a sentence.
        record Broken(String why) implements Read {}
    }

    /// Reads `text` as a schedule in `zone`.
    public static Read parse(String text, ZoneId zone) {
        try {
            var times = ExecutionTime.forCron(PARSER.parse(NICKNAMES.getOrDefault(text, text)).validate());
            return times.nextExecution(SOME_TIME).isEmpty()
                    ? new Read.Broken("'" + text + "' never comes")
                    : new Read.Sound(new Schedule(times, zone));
        } catch (IllegalArgumentException e) {
            return new Read.Broken("'" + text + "' is not one: " + e.getMessage()
                    + "; write five fields (minute hour day-of-month month day-of-week) or one of "
                    + NICKNAMES.keySet().stream().sorted().toList());
        }
    }

    /// The time zone it is read in.
    public ZoneId zone() {
        return zone;
    }

    /// The first time after `time`; empty when there is none any more.
    public Optional<Instant> after(Instant time) {
        return times.nextExecution(time.atZone(zone)).map(ZonedDateTime::toInstant);
    }

    /// The last time that is not after `time`.
    public Optional<Instant> latest(Instant time) {
        // Strictly before, they say: one moment later includes the time itself.
        return times.lastExecution(time.plusSeconds(1).atZone(zone)).map(ZonedDateTime::toInstant)
                .filter(found -> !found.isAfter(time));
    }
}
