package dev.bellhop.listener;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.catalog.ServedListener;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.engine.trigger.Made;
import dev.bellhop.listener.action.DeadLetterPost;
import dev.bellhop.listener.action.Identity;
import dev.bellhop.listener.action.ObjectCreator;
import dev.bellhop.listener.action.ObjectRemover;
import dev.bellhop.listener.action.Order;
import dev.bellhop.listener.action.Result;
import dev.bellhop.listener.delivery.DeliveryRun;
import dev.bellhop.listener.delivery.Progress;
import dev.bellhop.listener.journal.Attempt;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Delivery;

/// One try of one delivery, on a virtual thread: bind, render, act. The second half of the way that [EventLine] begins.
final class TriggerRun implements DeliveryRun {
    private final Directory directory;
    private final ObjectCreator creator;
    private final ObjectRemover remover;
    private final DeadLetterPost post;
    private final Clock clock;

    TriggerRun(Directory directory, ObjectCreator creator, ObjectRemover remover, DeadLetterPost post, Clock clock) {
        this.directory = directory;
        this.creator = creator;
        this.remover = remover;
        this.post = post;
        this.clock = clock;
    }

    @Override
    public Attempt run(Delivery delivery, Progress progress) {
        var served = directory.served(delivery.door(), delivery.trigger());
        if (served.isEmpty()) {
            return isGone(delivery)
                    ? new Attempt.Dead("select",
                            "Trigger " + delivery.trigger() + " was deleted before the event was processed")
                    : new Attempt.Retry("select", "Trigger " + delivery.trigger() + " is not Ready, or "
                            + delivery.door() + " does not serve it any more", Optional.empty());
        }
        var trigger = served.get().trigger();
        if (!trigger.uid().equals(delivery.triggerUid())) {
            return new Attempt.Dead("select",
                    "Trigger " + delivery.trigger() + " was deleted and written anew before the event was processed");
        }
        return switch (trigger.make(delivery.event(), delivery.extensions(), uid(delivery))) {
            case Made.Failed(var step, var why) ->
                new Attempt.Dead(step.name().toLowerCase(java.util.Locale.ROOT), why);
            case Made.Resources(var resources) -> act(delivery, served.get(), resources, progress);
        };
    }

    @Override
    public Outcome.Dead giveUp(Delivery delivery, Outcome.Dead dead) throws InterruptedException {
        var served = directory.served(delivery.door(), delivery.trigger());
        if (served.isEmpty() || !served.get().trigger().uid().equals(delivery.triggerUid())) {
            return dead;
        }
        var policy = served.get().trigger().policy();
        var told = policy.rollback() && !dead.created().isEmpty()
                ? rolledBack(dead, served.get())
                : dead;
        return policy.deadLetter().url().isEmpty() ? told : posted(policy.deadLetter().url().get(), delivery, told);
    }

    private Outcome.Dead rolledBack(Outcome.Dead dead, Directory.Served served) {
        if (!served.hasAccount()) {
            return new Outcome.Dead(dead.step(), dead.why() + "; what it had created stays: the Trigger names no"
                    + " ServiceAccount any more to delete it as", dead.created());
        }
        var left = remover.remove(dead.created(), actingUser(served));
        var told = left.objects().isEmpty()
                ? "what it had created was deleted again: "
                        + dead.created().stream().map(ObjectRef::shortName).toList()
                : "not all that it had created could be deleted again: " + left.reasons();
        return new Outcome.Dead(dead.step(), dead.why() + "; " + told, left.objects());
    }

    private Outcome.Dead posted(URI url, Delivery delivery, Outcome.Dead dead) throws InterruptedException {
        var told = post.post(url, delivery, dead, clock.instant());
        return new Outcome.Dead(dead.step(), dead.why() + "; " + told, dead.created());
    }

    private boolean isGone(Delivery delivery) {
        var view = directory.catalog().triggers().get(delivery.trigger());
        boolean inline = delivery.triggerUid().contains("/");
        return inline
                ? directory.listener(delivery.door().name()).isEmpty()
                : view == null || !view.stored().uid().equals(delivery.triggerUid());
    }

    private Attempt act(Delivery delivery, Directory.Served served, List<ObjectNode> resources, Progress progress) {
        var trigger = served.trigger();
        if (!served.hasAccount()) {
            return new Attempt.Dead("act",
                    "what an EventSource brings is done as an account of the Trigger's namespace:"
                            + " name one in spec.serviceAccountName of Trigger " + trigger.name());
        }
        var elsewhere = served.listener().flatMap(listener -> borrowedElsewhere(listener, trigger, resources));
        if (elsewhere.isPresent()) {
            return new Attempt.Dead("act", elsewhere.get());
        }
        var order = new Order(delivery.event().id(), delivery.door(), delivery.trigger(), identity(delivery),
                actingUser(served), resources);
        return switch (creator.create(order, delivery.created(), progress::made)) {
            case Result.Created(var objects) -> new Attempt.Done(objects);
            case Result.Failed(var _, var why, var retryable, var after) -> retryable
                    ? new Attempt.Retry("act", why, after)
                    : new Attempt.Dead("act", why);
        };
    }

    /// A team that leaves `serviceAccountName` out acts with the rights of the EventListener's owner. It may do so in its own
    /// namespace only: otherwise whoever may write a Trigger could create objects in every namespace which that account reaches.
    private static Optional<String> borrowedElsewhere(ServedListener listener, CompiledTrigger trigger,
            List<ObjectNode> resources) {
        var own = trigger.name().namespace();
        if (trigger.serviceAccount().isPresent() || own.equals(listener.stored().name().namespace())) {
            return Optional.empty();
        }
        return resources.stream().map(resource -> resource.path("metadata").path("namespace").asText())
                .filter(namespace -> !namespace.isEmpty() && !namespace.equals(own)).findFirst()
                .map(namespace -> "the template creates in namespace '" + namespace
                        + "', but a Trigger without a serviceAccountName "
                        + "creates in its own namespace '" + own + "' only: name a ServiceAccount of " + own
                        + " that may");
    }

    /// The Trigger's ServiceAccount is in the Trigger's namespace, the EventListener's in the EventListener's.
    private static Optional<String> actingUser(Directory.Served served) {
        var trigger = served.trigger();
        return trigger.serviceAccount().map(account -> serviceAccount(trigger.name().namespace(), account))
                .or(() -> served.listener().flatMap(listener -> listener.serviceAccount()
                        .map(account -> serviceAccount(listener.stored().name().namespace(), account))));
    }

    private static String serviceAccount(String namespace, String name) {
        return "system:serviceaccount:" + namespace + ":" + name;
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
