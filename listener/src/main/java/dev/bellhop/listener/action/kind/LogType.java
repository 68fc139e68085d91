package dev.bellhop.listener.action.kind;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import dev.bellhop.api.action.LogAction;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.Effect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `log`: writes a line to the listener's log, at most one in an interval.
final class LogType extends TypedAction<LogAction> {
    private static final Logger LOG = LoggerFactory.getLogger("dev.bellhop.action.log");
    private static final int MOST_CHARACTERS = 4_096;
    private static final int MOST_REMEMBERED = 10_000;

    private final Map<String, Last> last = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Last> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    private record Last(Instant at, int leftOut) {}

    LogType() {
        super("log", "Writes a line to the listener's log.", LogAction.class);
    }

    @Override
    ActionResult act(LogAction spec, ActionContext context) {
        var trigger = context.namespace() + "/" + context.trigger();
        var interval = Duration.ofSeconds(Objects.requireNonNullElse(spec.intervalSeconds(), 0));
        int leftOut = interval.isZero() ? 0 : leftOut(trigger, context.clock().instant(), interval);
        if (leftOut < 0) {
            return new ActionResult.Skipped("a line was written less than " + interval.toSeconds() + " s ago");
        }
        var message = spec.message() == null ? Posting.text(context.event().body()) : spec.message();
        var line = LOG.atInfo().addKeyValue("trigger", trigger).addKeyValue("eventID", context.event().id());
        if (leftOut > 0) {
            line = line.addKeyValue("leftOut", leftOut);
        }
        line.log("{}", oneLine(message));
        return ActionResult.Done.of(Effect.outside("written", "log", "line"));
    }

    /// How many lines were left out since the last one; -1 when this one is to be, too. All `log` actions of a Trigger share it.
    private synchronized int leftOut(String trigger, Instant now, Duration interval) {
        var before = last.get(trigger);
        if (before != null && now.isBefore(before.at().plus(interval))) {
            last.put(trigger, new Last(before.at(), before.leftOut() + 1));
            return -1;
        }
        last.put(trigger, new Last(now, 0));
        return before == null ? 0 : before.leftOut();
    }

    /// Nobody forges lines of the log with line breaks in an event.
    private static String oneLine(String message) {
        var shown = message.length() > MOST_CHARACTERS ? message.substring(0, MOST_CHARACTERS) + "…" : message;
        var line = new StringBuilder(shown.length());
        shown.chars().forEach(c -> {
            if (c == '\n') {
                line.append("\\n");
            } else if (Character.isISOControl(c)) {
                line.append(String.format("\\u%04x", c));
            } else {
                line.append((char) c);
            }
        });
        return line.toString();
    }
}
