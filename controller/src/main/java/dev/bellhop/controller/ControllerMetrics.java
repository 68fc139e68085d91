package dev.bellhop.controller;

import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// Every figure that the controller publishes.
final class ControllerMetrics {
    private final MeterRegistry registry;
    private final AtomicInteger leader = new AtomicInteger();
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger notReady = new AtomicInteger();
    private final Timer reconcile;

    ControllerMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("bellhop.controller.leader", leader, AtomicInteger::get)
                .description("1 while this controller holds the lease and writes, else 0").register(registry);
        Gauge.builder("bellhop.triggers", ready, AtomicInteger::get).tag("ready", "true")
                .description("Triggers by readiness").register(registry);
        Gauge.builder("bellhop.triggers", notReady, AtomicInteger::get).tag("ready", "false")
                .description("Triggers by readiness").register(registry);
        reconcile = Timer.builder("bellhop.controller.reconcile")
                .description("Deciding the statuses of all objects, without writing").register(registry);
    }

    void leads(boolean leads) {
        leader.set(leads ? 1 : 0);
    }

    void triggers(int areReady, int areNot) {
        ready.set(areReady);
        notReady.set(areNot);
    }

    Timer reconcile() {
        return reconcile;
    }

    void written(String kind) {
        writes(kind, "written").increment();
    }

    void writeFailed(String kind) {
        writes(kind, "failed").increment();
    }

    private Counter writes(String kind, String outcome) {
        return Counter.builder("bellhop.controller.status.writes").tag("kind", kind).tag("outcome", outcome)
                .description("Statuses written to the API server").register(registry);
    }
}
