package dev.bellhop.listener.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import dev.bellhop.listener.journal.Attempt;
import dev.bellhop.listener.journal.Concurrency;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Tried;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims deliveries and runs them, at most `concurrency` at once, each on a virtual thread of its own. A place is free
/// again when what became of its delivery is on disk: when the disk takes nothing, no more work is begun.
public final class DeliveryWorkers {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorkers.class);

    /// How long one claim waits; only bounds how late a change of the clock is noticed.
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST_A_CLAIM = 64;

    private final Journal journal;
    private final DeliveryRun run;
    private final Function<Delivery, RetryPolicy> policies;
    private final Gate gate;
    private final int concurrency;
    private final Clock clock;
    private final DeliveryObserver observer;
    private final Semaphore places;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final Thread dispatcher;
    private volatile boolean draining;
    private volatile boolean graceIsOver;

    /// Every due delivery may run at once.
    public DeliveryWorkers(Journal journal, DeliveryRun run, RetryPolicy policy, int concurrency, Clock clock,
            DeliveryObserver observer) {
        this(journal, run, _ -> policy, Gate.OPEN, concurrency, clock, observer);
    }

    /// `gate` says which deliveries may run now, `policies` what becomes of one that failed.
    public DeliveryWorkers(Journal journal, DeliveryRun run, Function<Delivery, RetryPolicy> policies, Gate gate,
            int concurrency, Clock clock, DeliveryObserver observer) {
        this.journal = journal;
        this.run = run;
        this.policies = policies;
        this.gate = gate;
        this.concurrency = concurrency;
        this.clock = clock;
        this.observer = observer;
        places = new Semaphore(concurrency);
        dispatcher = Thread.ofPlatform().name("delivery-dispatcher").unstarted(this::dispatch);
    }

    /// Begins to work.
    public void start() {
        dispatcher.start();
    }

    /// How many deliveries run now.
    public int running() {
        return running.size();
    }

    /// Begins nothing new and waits for what runs, at most `grace`; what runs longer is interrupted and stays in the
    /// journal, to be tried again by the next process. Returns how many those are. Call it once, before the journal closes.
    public int drain(Duration grace) throws InterruptedException {
        long deadline = System.nanoTime() + grace.toNanos();
        draining = true;
        dispatcher.interrupt();
        dispatcher.join();
        if (places.tryAcquire(concurrency, Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            return 0;
        }
        graceIsOver = true;
        var left = List.copyOf(running);
        left.forEach(Thread::interrupt);
        LOG.atWarn().addKeyValue("running", left.size()).log("Deliveries did not end within the grace period");
        return left.size();
    }

    private void dispatch() {
        try {
            while (!draining) {
                claim();
            }
        } catch (InterruptedException e) {
            if (!draining) {
                LOG.atError().setCause(e).log("Delivery workers were interrupted: nothing is delivered any more");
            }
        }
    }

    private void claim() throws InterruptedException {
        places.acquire();
        int more = Math.min(places.availablePermits(), MOST_A_CLAIM - 1);
        int free = 1 + (more > 0 && places.tryAcquire(more) ? more : 0);
        int begun = 0;
        try {
            for (var delivery : journal.claim(free, gate, PATIENCE)) {
                begin(delivery);
                begun++;
            }
        } catch (RuntimeException e) {
            // A fault of ours with one claim; the next may be spared, and without this thread nothing is delivered.
            LOG.atError().setCause(e).log("Deliveries could not be claimed");
        } finally {
            places.release(free - begun);
        }
    }

    private void begin(Delivery delivery) {
        var thread = Thread.ofVirtual().name("delivery-" + delivery.id()).unstarted(() -> work(delivery));
        running.add(thread);
        thread.start();
    }

    private void work(Delivery delivery) {
        try {
            var startedAt = clock.instant();
            var created = new AtomicReference<>(delivery.created());
            var attempt = attempt(delivery, soFar -> {
                created.set(soFar);
                journal.progress(delivery.id(), soFar);
            });
            var endedAt = clock.instant();
            var outcome = outcome(delivery, attempt, created.get(), endedAt);
            if (graceIsOver && !(outcome instanceof Outcome.Done)) {
                // It failed because it was interrupted: that is no fault to be held against it.
                leave(delivery);
                return;
            }
            settle(new Tried(delivery, startedAt, endedAt, outcome));
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    private Attempt attempt(Delivery delivery, Progress progress) {
        try {
            return run.run(delivery, progress);
        } catch (InterruptedException e) {
            return new Attempt.Retry("run", "interrupted", Optional.empty());
        } catch (Throwable e) {
            // Errors too: whatever happens to one delivery, its place must become free and people must see why.
            LOG.atError().addKeyValue("delivery", delivery.id()).addKeyValue("trigger", delivery.trigger())
                    .setCause(e).log("Delivery failed by a fault of ours");
            return new Attempt.Retry("run", e.toString(), Optional.empty());
        }
    }

    private Outcome outcome(Delivery delivery, Attempt attempt, List<ObjectRef> created, Instant now) {
        var outcome = policies.apply(delivery).outcome(delivery, attempt, created, now, ThreadLocalRandom.current());
        if (!(outcome instanceof Outcome.Dead dead) || graceIsOver) {
            return outcome;
        }
        try {
            return run.giveUp(delivery, dead, soFar -> journal.progress(delivery.id(), soFar));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return dead;
        } catch (Throwable e) {
            LOG.atError().addKeyValue("delivery", delivery.id()).setCause(e).log("Giving up a delivery failed");
            return new Outcome.Dead(dead.step(), dead.why() + "; giving up failed: " + e, dead.created());
        }
    }

    private void settle(Tried tried) {
        try {
            observer.tried(tried);
        } catch (RuntimeException e) {
            // To be seen is worth less than to be recorded.
            LOG.atError().addKeyValue("delivery", tried.delivery().id()).setCause(e).log("Observer failed");
        }
        journal.settle(tried).whenComplete((_, failure) -> {
            if (failure != null) {
                LOG.atError().addKeyValue("delivery", tried.delivery().id()).setCause(failure)
                        .log("Outcome could not be recorded");
            }
            leave(tried.delivery());
        });
    }

    /// It does not run any more: another may.
    private void leave(Delivery delivery) {
        gate.leave(delivery.lane(), delivery.concurrency().map(Concurrency::key));
        journal.gateChanged();
        places.release();
    }
}
