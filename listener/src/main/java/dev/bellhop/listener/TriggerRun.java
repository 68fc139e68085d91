package dev.bellhop.listener;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.conditions.Conditions;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.Origin;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.engine.trigger.Made;
import dev.bellhop.listener.Directory.Behind;
import dev.bellhop.listener.action.ActionRunner;
import dev.bellhop.listener.action.DeadLetterPost;
import dev.bellhop.listener.action.Identity;
import dev.bellhop.listener.action.ObjectCreator;
import dev.bellhop.listener.action.ObjectRemover;
import dev.bellhop.listener.action.Order;
import dev.bellhop.listener.action.Result;
import dev.bellhop.listener.conditions.Gathered;
import dev.bellhop.listener.conditions.Gathering;
import dev.bellhop.listener.delivery.DeliveryRun;
import dev.bellhop.listener.delivery.Progress;
import dev.bellhop.listener.journal.Attempt;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.Door;
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
    private final ObjectRemover remover;
    private final DeadLetterPost post;
    private final Clock clock;

    TriggerRun(Directory directory, Gathering gathering, ObjectCreator creator, ActionRunner actions,
            ObjectRemover remover,
            DeadLetterPost post, Clock clock) {
        this.directory = directory;
        this.creator = creator;
        this.actions = actions;
        this.gathering = gathering;
        this.remover = remover;
        this.post = post;
        this.clock = clock;
    }

    @Override
    public Attempt run(Delivery delivery, Progress progress) throws InterruptedException {
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
        return trigger.get().conditions().isPresent()
                ? gather(delivery, behind.get(), trigger.get(), trigger.get().conditions().get(), progress)
                : make(delivery, behind.get(), trigger.get(), delivery.event(), delivery.extensions(), progress);
    }

    /// The Trigger waits for several events: this may be one of them, or the last.
    private Attempt gather(Delivery delivery, Behind behind, CompiledTrigger trigger, Conditions conditions,
            Progress progress) throws InterruptedException {
        try {
            return switch (gathering.gather(delivery, conditions)) {
                case Gathered.Waiting(var come) -> new Attempt.Done(come.stream().sorted()
                        .map(name -> new ObjectRef("", "event", "", name, "", "conditions", "waits with")).toList());
                case Gathered.Complete(var all, var extensions) ->
                    make(delivery, behind, trigger, all, extensions, progress);
            };
        } catch (NotRemembered e) {
            return new Attempt.Retry("conditions", e.getMessage(), Optional.of(e.retryAfter()));
        } catch (IllegalArgumentException e) {
            return new Attempt.Dead("conditions", "the event is too large to wait for others: " + e.getMessage());
        }
    }

    private Attempt make(Delivery delivery, Behind behind, CompiledTrigger trigger, Event event,
            ObjectNode extensions, Progress progress) throws InterruptedException {
        return switch (trigger.make(event, extensions, uid(delivery))) {
            case Made.Failed(var step, var why) ->
                new Attempt.Dead(step.name().toLowerCase(java.util.Locale.ROOT), why);
            case Made.Work work -> act(delivery, behind, trigger, work, event, progress);
        };
    }

    @Override
    public Outcome.Dead giveUp(Delivery delivery, Outcome.Dead dead) throws InterruptedException {
        var behind = directory.behind(delivery.door());
        var trigger = behind.flatMap(door -> door.index().find(delivery.trigger()));
        if (behind.isEmpty() || trigger.isEmpty() || !trigger.get().uid().equals(delivery.triggerUid())) {
            return dead;
        }
        var policy = trigger.get().policy();
        var told = policy.rollback() && dead.created().stream().anyMatch(ObjectRef::wasCreated)
                ? rolledBack(dead, actingUser(delivery.door(), behind.get(), trigger.get()))
                : dead;
        return policy.deadLetter().url().isEmpty() ? told : posted(policy.deadLetter().url().get(), delivery, told);
    }

    private Outcome.Dead rolledBack(Outcome.Dead dead, Optional<String> actingUser) {
        var created = dead.created().stream().filter(ObjectRef::wasCreated).toList();
        var left = remover.remove(created, actingUser);
        var told = left.objects().isEmpty()
                ? "what it had created was deleted again: " + created.stream().map(ObjectRef::shortName).toList()
                : "not all that it had created could be deleted again: " + left.reasons();
        // What else it did stays done, and is told as before.
        var remaining = dead.created().stream().filter(ref -> !ref.wasCreated() || left.objects().contains(ref))
                .toList();
        return new Outcome.Dead(dead.step(), dead.why() + "; " + told, remaining);
    }

    private Outcome.Dead posted(URI url, Delivery delivery, Outcome.Dead dead) throws InterruptedException {
        var told = post.post(url, delivery, dead, clock.instant());
        return new Outcome.Dead(dead.step(), dead.why() + "; " + told, dead.created());
    }

    private boolean isGone(Delivery delivery) {
        var view = directory.catalog().triggers().get(delivery.trigger());
        boolean inline = delivery.triggerUid().contains("/");
        return inline
                ? directory.behind(delivery.door()).isEmpty()
                : view == null || !view.stored().uid().equals(delivery.triggerUid());
    }

    private Attempt act(Delivery delivery, Behind behind, CompiledTrigger trigger, Made.Work work, Event event,
            Progress progress) throws InterruptedException {
        var elsewhere = borrowedElsewhere(delivery.door(), trigger, work.resources());
        if (elsewhere.isPresent()) {
            return new Attempt.Dead("act", elsewhere.get());
        }
        var order = new Order(delivery.event().id(), delivery.door(), delivery.trigger(), identity(delivery),
                hops(delivery.event()), actingUser(delivery.door(), behind, trigger), work.resources());
        var result = creator.create(order, delivery.created(), progress::made);
        if (result instanceof Result.Created(var objects) && !work.steps().isEmpty()) {
            var steps = new ActionRunner.Steps(work.steps(), event, isBorrowed(delivery.door(), trigger));
            result = actions.run(order, steps, objects, progress::made);
        }
        return switch (result) {
            case Result.Created(var objects) -> new Attempt.Done(objects);
            case Result.Failed(var _, var why, var retryable, var after) -> retryable
                    ? new Attempt.Retry("act", why, after)
                    : new Attempt.Dead("act", why);
        };
    }

    /// A team that leaves `serviceAccountName` out acts with the rights of the EventListener's owner. It may do so in its own
    /// namespace only: otherwise whoever may write a Trigger could create objects in every namespace which that account reaches.
    private static Optional<String> borrowedElsewhere(Door door, CompiledTrigger trigger,
            List<ObjectNode> resources) {
        if (!isBorrowed(door, trigger)) {
            return Optional.empty();
        }
        var own = trigger.name().namespace();
        return resources.stream().map(resource -> resource.path("metadata").path("namespace").asText())
                .filter(namespace -> !namespace.isEmpty() && !namespace.equals(own)).findFirst()
                .map(namespace -> "the template creates in namespace '" + namespace
                        + "', but a Trigger without a serviceAccountName "
                        + "creates in its own namespace '" + own + "' only: name a ServiceAccount of " + own
                        + " that may");
    }

    private static boolean isBorrowed(Door door, CompiledTrigger trigger) {
        return trigger.serviceAccount().isEmpty() && !trigger.name().namespace().equals(door.name().namespace());
    }

    /// The Trigger's ServiceAccount is in the Trigger's namespace, the door's in the door's.
    private static Optional<String> actingUser(Door door, Behind behind, CompiledTrigger trigger) {
        return trigger.serviceAccount().map(account -> serviceAccount(trigger.name().namespace(), account))
                .or(() -> behind.serviceAccount().map(account -> serviceAccount(door.name().namespace(), account)));
    }

    private static String serviceAccount(String namespace, String name) {
        return "system:serviceaccount:" + namespace + ":" + name;
    }

    private static int hops(Event event) {
        return switch (event.origin()) {
            case Origin.Http _ -> 0;
            case Origin.Sourced sourced -> sourced.facts().path("hops").asInt(0) + 1;
        };
    }

    private static Identity identity(Delivery delivery) {
        return new Identity(delivery.identity(), delivery.event().receivedAt(),
                delivery.replayOf().isPresent() ? Optional.empty() : delivery.dedup().map(DedupKey::window));
    }

    /// The same for every try of a delivery, so that a repeated try renders the same objects.
    private static String uid(Delivery delivery) {
        return UUID.nameUUIDFromBytes(delivery.identity().getBytes(StandardCharsets.UTF_8)).toString();
    }
}
