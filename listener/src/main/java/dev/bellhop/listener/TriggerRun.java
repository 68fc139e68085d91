package dev.bellhop.listener;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.conditions.Conditions;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.trigger.Made;
import dev.bellhop.listener.action.ActionRunner;
import dev.bellhop.listener.action.ObjectCreator;
import dev.bellhop.listener.action.Result;
import dev.bellhop.listener.conditions.Gathered;
import dev.bellhop.listener.conditions.Gathering;
import dev.bellhop.listener.delivery.DeliveryRun;
import dev.bellhop.listener.delivery.Progress;
import dev.bellhop.listener.journal.Attempt;
import dev.bellhop.listener.journal.NotRemembered;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Delivery;

/// One try of one delivery, on a virtual thread: bind, render, act. The second half of the way that [EventLine] begins.
final class TriggerRun implements DeliveryRun {
    private final Directory directory;
    private final ObjectCreator creator;
    private final ActionRunner actions;
    private final Gathering gathering;
    private final GivingUp givingUp;

    TriggerRun(Directory directory, Gathering gathering, ObjectCreator creator, ActionRunner actions,
            GivingUp givingUp) {
        this.directory = directory;
        this.creator = creator;
        this.actions = actions;
        this.gathering = gathering;
        this.givingUp = givingUp;
    }

    @Override
    public Attempt run(Delivery delivery, Progress progress) throws InterruptedException {
        var begun = GivingUp.begun(delivery);
        if (begun.isPresent()) {
            return begun.get();
        }
        // What an earlier dead letter did, before people had the delivery tried again, is kept and goes on being told.
        var past = delivery.created().stream().filter(GivingUp::isOfDeadLetter).toList();
        if (past.isEmpty()) {
            return attempt(delivery, progress);
        }
        var attempt = attempt(delivery.after(delivery.created().stream().filter(ref -> !past.contains(ref)).toList()),
                soFar -> progress.made(joined(soFar, past)));
        return attempt instanceof Attempt.Done(var created) ? new Attempt.Done(joined(created, past)) : attempt;
    }

    private static List<ObjectRef> joined(List<ObjectRef> first, List<ObjectRef> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private Attempt attempt(Delivery delivery, Progress progress) throws InterruptedException {
        var behind = directory.behind(delivery.door());
        var trigger = behind.flatMap(door -> door.index().find(delivery.trigger()));
        if (behind.isEmpty() || trigger.isEmpty()) {
            return isGone(delivery)
                    ? new Attempt.Dead("select",
                            "Trigger " + delivery.trigger() + " was deleted before the event was processed")
                    : new Attempt.Retry("select", "Trigger " + delivery.trigger() + " is not Ready, or "
                            + delivery.door() + " does not serve it any more", Optional.empty());
        }
        if (!trigger.get().uid().equals(delivery.triggerUid())) {
            return new Attempt.Dead("select",
                    "Trigger " + delivery.trigger() + " was deleted and written anew before the event was processed");
        }
        var mandate = new Mandate(delivery, behind.get(), trigger.get());
        return trigger.get().conditions().isPresent()
                ? gather(mandate, trigger.get().conditions().get(), progress)
                : make(mandate, delivery.event(), delivery.extensions(), progress);
    }

    /// The Trigger waits for several events: this may be one of them, or the last.
    private Attempt gather(Mandate mandate, Conditions conditions, Progress progress) throws InterruptedException {
        try {
            return switch (gathering.gather(mandate.delivery(), conditions)) {
                case Gathered.Waiting(var come) -> new Attempt.Done(come.stream().sorted()
                        .map(name -> new ObjectRef("", "event", "", name, "", "conditions", "waits with")).toList());
                case Gathered.Complete(var all, var extensions) -> make(mandate, all, extensions, progress);
            };
        } catch (NotRemembered e) {
            return new Attempt.Retry("conditions", String.valueOf(e.getMessage()), Optional.of(e.retryAfter()));
        } catch (IllegalArgumentException e) {
            return new Attempt.Dead("conditions", "the event is too large to wait for others: " + e.getMessage());
        }
    }

    private Attempt make(Mandate mandate, Event event, ObjectNode extensions, Progress progress)
            throws InterruptedException {
        return switch (mandate.trigger().make(event, extensions, uid(mandate.delivery()))) {
            case Made.Failed(var step, var why) ->
                new Attempt.Dead(step.name().toLowerCase(java.util.Locale.ROOT), why);
            case Made.Work work -> act(mandate, work, event, progress);
        };
    }

    @Override
    public Outcome.Dead giveUp(Delivery delivery, Outcome.Dead dead, Progress progress) throws InterruptedException {
        return givingUp.giveUp(delivery, dead, progress);
    }

    private boolean isGone(Delivery delivery) {
        var view = directory.catalog().triggers().get(delivery.trigger());
        boolean inline = delivery.triggerUid().contains("/");
        return inline
                ? directory.behind(delivery.door()).isEmpty()
                : view == null || !view.stored().uid().equals(delivery.triggerUid());
    }

    private Attempt act(Mandate mandate, Made.Work work, Event event, Progress progress) throws InterruptedException {
        var elsewhere = borrowedElsewhere(mandate, work.resources());
        if (elsewhere.isPresent()) {
            return new Attempt.Dead("act", elsewhere.get());
        }
        var order = mandate.order(work.resources());
        var result = creator.create(order, mandate.delivery().created(), progress::made);
        if (result instanceof Result.Created(var objects) && !work.steps().isEmpty()) {
            var steps = new ActionRunner.Steps(work.steps(), event, mandate.isBorrowed());
            result = actions.run(order, steps, objects, progress::made);
        }
        return switch (result) {
            case Result.Created(var objects) -> new Attempt.Done(objects);
            case Result.Failed(var _, var why, var retryable, var after) -> retryable
                    ? new Attempt.Retry("act", why, after)
                    : new Attempt.Dead("act", why);
        };
    }

    private static Optional<String> borrowedElsewhere(Mandate mandate, List<ObjectNode> resources) {
        if (!mandate.isBorrowed()) {
            return Optional.empty();
        }
        var own = mandate.trigger().name().namespace();
        return resources.stream().map(resource -> resource.path("metadata").path("namespace").asText())
                .filter(namespace -> !namespace.isEmpty() && !namespace.equals(own)).findFirst()
                .map(namespace -> "the template creates in namespace '" + namespace
                        + "', but a Trigger without a serviceAccountName "
                        + "creates in its own namespace '" + own + "' only: name a ServiceAccount of " + own
                        + " that may");
    }

    /// The same for every try of a delivery, so that a repeated try renders the same objects.
    private static String uid(Delivery delivery) {
        return UUID.nameUUIDFromBytes(delivery.identity().getBytes(StandardCharsets.UTF_8)).toString();
    }
}
