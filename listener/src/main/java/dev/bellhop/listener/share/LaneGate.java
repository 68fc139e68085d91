package dev.bellhop.listener.share;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import dev.bellhop.engine.policy.Limits;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Tried;

/// Lets a delivery run when its Trigger is not suspended, its tenant and its Trigger run fewer than they may, and neither the
/// Trigger nor the API server is being given a rest. What it holds back stays in the journal.
public final class LaneGate implements Gate {
    private final Supplier<Rules> rules;
    private final Breaker server;
    private final Clock clock;
    private final Map<Lane, Breaker> breakers = new ConcurrentHashMap<>();
    private final Map<String, Integer> byTenant = new HashMap<>();
    private final Map<Lane, Integer> byLane = new HashMap<>();

    /// `rules` are those of the moment; `server` is told by whoever asks the API server how that went.
    public LaneGate(Supplier<Rules> rules, Breaker server, Clock clock) {
        this.rules = rules;
        this.server = server;
        this.clock = clock;
    }

    @Override
    public synchronized boolean tryEnter(Lane lane, Optional<String> concurrencyKey) {
        var now = rules.get();
        if (now.policy(lane).suspended() || !hasRoom(now.limits(lane.tenant()), byTenant.getOrDefault(lane.tenant(), 0))
                || !hasRoom(now.limits(lane), byLane.getOrDefault(lane, 0))) {
            return false;
        }
        var breaker = breakers.get(lane);
        if (breaker != null && !breaker.mayTry(clock.instant())) {
            return false;
        }
        if (!server.mayTry(clock.instant())) {
            if (breaker != null) {
                breaker.ended();
            }
            return false;
        }
        byTenant.merge(lane.tenant(), 1, Integer::sum);
        byLane.merge(lane, 1, Integer::sum);
        return true;
    }

    private static boolean hasRoom(Limits limits, int running) {
        return limits.concurrency().map(most -> running < most).orElse(true);
    }

    @Override
    public synchronized void leave(Lane lane, Optional<String> concurrencyKey) {
        byTenant.computeIfPresent(lane.tenant(), (_, running) -> running > 1 ? running - 1 : null);
        byLane.computeIfPresent(lane, (_, running) -> running > 1 ? running - 1 : null);
        server.ended();
        var breaker = breakers.get(lane);
        if (breaker != null) {
            breaker.ended();
        }
    }

    /// A try ended: a Trigger whose tries all fail rests for a while, so that it does not take the places of others.
    public void tried(Tried tried) {
        var lane = tried.delivery().lane();
        switch (tried.outcome()) {
            case Outcome.RetryAt _ -> breakers.computeIfAbsent(lane, _ -> new Breaker(ThreadLocalRandom.current()))
                    .failed(clock.instant());
            case Outcome.Done _,Outcome.Dead _ -> breakers.remove(lane);
        }
    }

    /// Forgets Triggers that are gone.
    public void retain(Rules now) {
        breakers.keySet().removeIf(lane -> !now.knows(lane));
    }
}
