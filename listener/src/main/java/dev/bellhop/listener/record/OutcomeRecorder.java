package dev.bellhop.listener.record;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.bellhop.api.ObjectName;
import dev.bellhop.cluster.EventRecorder;
import dev.bellhop.cluster.Occurrence;
import dev.bellhop.cluster.Regarding;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.NewDelivery;
import dev.bellhop.listener.journal.ObjectRef;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The one place that tells how an event ended for a Trigger: as a log line, a count, a Kubernetes Event in the Trigger's
/// namespace, and to whoever watches.
public final class OutcomeRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeRecorder.class);

    private final Clock clock;
    private final Meters meters;
    private final EventRecorder events;
    private final RecentHappenings recent;
    private final List<Consumer<Happening>> watchers = new CopyOnWriteArrayList<>();

    /// What never reaches the journal goes to `recent`.
    public OutcomeRecorder(Clock clock, MeterRegistry registry, EventRecorder events, RecentHappenings recent) {
        this.clock = clock;
        this.meters = new Meters(registry);
        this.events = events;
        this.recent = recent;
    }

    /// Calls `watcher` with everything that happens from now on; it must be quick and not throw.
    public void watch(Consumer<Happening> watcher) {
        watchers.add(watcher);
    }

    /// Records an event that ended before it was accepted for `trigger`.
    public void record(Event event, Door door, CompiledTrigger trigger, Ending ending) {
        var happening = new Happening(clock.instant(), event.id(), Optional.empty(), door, trigger.name(),
                trigger.uid(), ending);
        recent.add(happening);
        tell(happening);
    }

    /// Counts an event that was turned away before it was known for which Trigger of the namespace it was.
    public void countThrottled(String namespace) {
        meters.count(namespace, new Ending.Throttled("").outcome());
    }

    /// Records that the event, which was kept as `id`, was known already.
    public void recordDuplicate(DeliveryId id, NewDelivery delivery, DeliveryId of) {
        tell(new Happening(clock.instant(), id.event(), Optional.of(id), delivery.door(), delivery.trigger(),
                delivery.triggerUid(), new Ending.Duplicate(of)));
    }

    /// Tells the owner of a Trigger what is wrong with it that only an event could show.
    public void complain(Door door, CompiledTrigger trigger, String why) {
        events.record(regarding(door, trigger.name(), trigger.uid()),
                new Occurrence(Occurrence.Type.Warning, "KeyMissing", "ProcessEvent", why, why));
    }

    /// Records how a try of an accepted delivery ended; the journal keeps it as well.
    public void record(Delivery delivery, Ending ending) {
        tell(new Happening(clock.instant(), delivery.event().id(), Optional.of(delivery.id()), delivery.door(),
                delivery.trigger(), delivery.triggerUid(), ending));
    }

    private void tell(Happening happening) {
        var ending = happening.ending();
        meters.count(happening.trigger().namespace(), ending.outcome());
        if (ending instanceof Ending.Created(var objects)) {
            objects.stream().filter(ObjectRef::wasCreated).forEach(object -> meters.created(object.kind()));
        }
        log(happening);
        events.record(regarding(happening.door(), happening.trigger(), happening.triggerUid()), occurrence(ending));
        for (var watcher : watchers) {
            watcher.accept(happening);
        }
    }

    private static void log(Happening happening) {
        var level = level(happening.ending());
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        LOG.atLevel(level)
                .addKeyValue(LogKeys.EVENT_ID, happening.eventId())
                .addKeyValue(key(happening.door()), happening.door().name())
                .addKeyValue(LogKeys.TRIGGER, happening.trigger())
                .addKeyValue(LogKeys.OUTCOME, happening.ending().outcome())
                .addKeyValue(LogKeys.DETAIL, happening.ending().detail())
                .log("Trigger ended");
    }

    private static String key(Door door) {
        return switch (door.kind()) {
            case EVENT_LISTENER -> LogKeys.LISTENER;
            case EVENT_SOURCE -> LogKeys.SOURCE;
        };
    }

    /// A shared listener filters and refuses at rates at which a line for each would be its main work: their counts and the
    /// Kubernetes Events tell of them, the lines are there when DEBUG is on.
    private static Level level(Ending ending) {
        return switch (ending) {
            case Ending.Filtered _,Ending.Refused _,Ending.Throttled _,Ending.Duplicate _ -> Level.DEBUG;
            case Ending.Created _ -> Level.INFO;
            case Ending.Undecided _,Ending.Retrying _,Ending.Failed _ -> Level.WARN;
        };
    }

    private static Regarding regarding(Door door, ObjectName trigger, String triggerUid) {
        // Only an EventListener has Triggers written into it.
        int inline = triggerUid.indexOf('/');
        return inline < 0
                ? Regarding.trigger(trigger, triggerUid)
                : Regarding.eventListener(door.name(), triggerUid.substring(0, inline));
    }

    private static Occurrence occurrence(Ending ending) {
        return switch (ending) {
            case Ending.Created _ -> occurrence(Occurrence.Type.Normal, ending, "");
            case Ending.Filtered(var by, var _) -> occurrence(Occurrence.Type.Normal, ending, by);
            case Ending.Refused(var by, var _) -> occurrence(Occurrence.Type.Warning, ending, by);
            case Ending.Throttled _ -> occurrence(Occurrence.Type.Warning, ending, "");
            case Ending.Duplicate _ -> occurrence(Occurrence.Type.Normal, ending, "");
            case Ending.Undecided(var by, var _) -> occurrence(Occurrence.Type.Warning, ending, by);
            case Ending.Retrying(var step, var _, var _) -> occurrence(Occurrence.Type.Warning, ending, step);
            case Ending.Failed(var step, var _) -> occurrence(Occurrence.Type.Warning, ending, step);
        };
    }

    private static Occurrence occurrence(Occurrence.Type type, Ending ending, String noteKey) {
        return new Occurrence(type, ending.outcome(), "ProcessEvent", ending.detail(), noteKey);
    }
}
