package dev.bellhop.listener;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.bellhop.engine.action.ActionStep;
import dev.bellhop.engine.action.Actions;
import dev.bellhop.engine.cel.Failure;
import dev.bellhop.listener.action.ActionRunner;
import dev.bellhop.listener.action.DeadLetterPost;
import dev.bellhop.listener.action.ObjectRemover;
import dev.bellhop.listener.action.Result;
import dev.bellhop.listener.delivery.Progress;
import dev.bellhop.listener.journal.Attempt;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done for a delivery that is given up, in this order: it takes back what it created, its record is posted, the
/// actions of its dead letter are carried out.
///
/// The actions may take long. Before the first, the journal is told that the delivery is being given up, and why: should the
/// process end, the next goes on with the actions that are left, and does not try the delivery once more.
final class GivingUp {
    private static final Logger LOG = LoggerFactory.getLogger(GivingUp.class);
    private static final int TRIES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String BEGUN = Actions.DEAD_LETTER + "begun";

    private final Directory directory;
    private final ActionRunner actions;
    private final ObjectRemover remover;
    private final DeadLetterPost post;
    private final Clock clock;

    GivingUp(Directory directory, ActionRunner actions, ObjectRemover remover, DeadLetterPost post, Clock clock) {
        this.directory = directory;
        this.actions = actions;
        this.remover = remover;
        this.post = post;
        this.clock = clock;
    }

    /// Whether it was a dead letter that made `ref`, and not the delivery itself.
    static boolean isOfDeadLetter(ObjectRef ref) {
        return ref.step() != null && ref.step().startsWith(Actions.DEAD_LETTER);
    }

    /// Why the delivery was being given up when the process ended.
    static Optional<Attempt.Dead> begun(Delivery delivery) {
        return mark(delivery.created()).map(mark -> new Attempt.Dead(mark.kind(), mark.name()));
    }

    private static Optional<ObjectRef> mark(List<ObjectRef> refs) {
        return refs.stream().filter(GivingUp::isMark).findFirst();
    }

    private static boolean isMark(ObjectRef ref) {
        return BEGUN.equals(ref.step());
    }

    /// Does it, and says what is to be recorded. Blocks for some seconds, or as long as the actions take.
    Outcome.Dead giveUp(Delivery delivery, Outcome.Dead dead, Progress progress) throws InterruptedException {
        var mandate = Mandate.of(delivery, directory);
        if (mandate.isEmpty()) {
            return new Outcome.Dead(dead.step(), dead.why(), without(dead.created(), GivingUp::isMark));
        }
        boolean begun = mark(dead.created()).isPresent();
        var told = begun ? dead : takenBackAndPosted(mandate.get(), delivery, dead);
        return mandate.get().trigger().deadLetter().isEmpty()
                ? new Outcome.Dead(told.step(), told.why(), without(told.created(), GivingUp::isMark))
                : carriedOut(mandate.get(), delivery, told, progress);
    }

    private Outcome.Dead takenBackAndPosted(Mandate mandate, Delivery delivery, Outcome.Dead dead)
            throws InterruptedException {
        var policy = mandate.trigger().policy();
        // An earlier dead letter, before people had the delivery tried again, is no part of what it did.
        var own = new Outcome.Dead(dead.step(), dead.why(), without(dead.created(), GivingUp::isOfDeadLetter));
        var told = policy.rollback() && own.created().stream().anyMatch(ObjectRef::wasCreated)
                ? rolledBack(own, mandate.actingUser())
                : own;
        return policy.deadLetter().url().isEmpty() ? told : posted(policy.deadLetter().url().get(), delivery, told);
    }

    private Outcome.Dead rolledBack(Outcome.Dead dead, Optional<String> actingUser) {
        var created = dead.created().stream().filter(ObjectRef::wasCreated).toList();
        var left = remover.remove(created, actingUser);
        var told = left.objects().isEmpty()
                ? "what it had created was deleted again: " + created.stream().map(ObjectRef::shortName).toList()
                : "not all that it had created could be deleted again: " + left.reasons();
        // What else it did stays done, and is told as before.
        var remaining = without(dead.created(), ref -> ref.wasCreated() && !left.objects().contains(ref));
        return new Outcome.Dead(dead.step(), dead.why() + "; " + told, remaining);
    }

    private Outcome.Dead posted(URI url, Delivery delivery, Outcome.Dead dead) throws InterruptedException {
        var told = post.post(url, delivery, dead, clock.instant());
        return new Outcome.Dead(dead.step(), dead.why() + "; " + told, dead.created());
    }

    private Outcome.Dead carriedOut(Mandate mandate, Delivery delivery, Outcome.Dead dead, Progress progress)
            throws InterruptedException {
        var mark = mark(dead.created()).orElseGet(() -> new ObjectRef("", dead.step(), "", dead.why(),
                Integer.toString(delivery.attempt()), BEGUN, "given up"));
        var soFar = Stream.concat(Stream.of(mark), without(dead.created(), GivingUp::isMark).stream()).toList();
        var failure = new Failure(dead.step(), dead.why(), Integer.parseInt(mark.uid()));
        try {
            progress.made(soFar);
            return switch (mandate.trigger().makeDeadLetter(delivery.event(), delivery.extensions(), failure)) {
                case Actions.Rendered.Failed(var why) -> ended(dead, soFar, Optional.of(why));
                case Actions.Rendered.Steps(var steps) -> run(mandate, delivery, steps, dead, soFar, progress);
            };
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("delivery", delivery.id()).setCause(e)
                    .log("A dead letter failed by a fault of ours");
            return ended(dead, soFar, Optional.of(e.toString()));
        }
    }

    private Outcome.Dead run(Mandate mandate, Delivery delivery, List<ActionStep> steps, Outcome.Dead dead,
            List<ObjectRef> soFar, Progress progress) throws InterruptedException {
        var work = new ActionRunner.Steps(steps, delivery.event(), mandate.isBorrowed());
        var done = soFar;
        for (int attempt = 1;; attempt++) {
            switch (actions.run(mandate.order(List.of()), work, done, progress::made)) {
                case Result.Created(var all) -> {
                    return ended(dead, all, Optional.empty());
                }
                case Result.Failed(var all, var why, var retryable, var _) -> {
                    if (!retryable || attempt == TRIES) {
                        return ended(dead, all, Optional.of(why));
                    }
                    done = all;
                }
            }
            Thread.sleep(PAUSE.multipliedBy(attempt));
        }
    }

    private static Outcome.Dead ended(Outcome.Dead dead, List<ObjectRef> all, Optional<String> problem) {
        var refs = without(all, GivingUp::isMark);
        var names = refs.stream().filter(GivingUp::isOfDeadLetter).map(ObjectRef::shortName).toList();
        var told = new ArrayList<String>();
        told.add(dead.why());
        problem.ifPresent(why -> told.add("its dead letter could not be carried out: " + why));
        if (!names.isEmpty()) {
            told.add((problem.isPresent() ? "of its dead letter was done: " : "its dead letter was carried out: ")
                    + String.join(", ", names));
        }
        return new Outcome.Dead(dead.step(), String.join("; ", told), refs);
    }

    private static List<ObjectRef> without(List<ObjectRef> refs, Predicate<ObjectRef> which) {
        return refs.stream().filter(which.negate()).toList();
    }
}
