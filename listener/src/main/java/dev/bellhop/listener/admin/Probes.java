package dev.bellhop.listener.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/// What machines ask, without saying who they are.
final class Probes {
    private static final Map<String, String> PLAIN = Map.of("Content-Type", "text/plain; charset=utf-8");
    private static final Map<String, String> PROMETHEUS = Map.of("Content-Type",
            "text/plain; version=0.0.4; charset=utf-8");

    private final PrometheusMeterRegistry registry;
    private final BooleanSupplier ready;
    private final String openApi = resource("openapi.json");

    Probes(PrometheusMeterRegistry registry, BooleanSupplier ready) {
        this.registry = registry;
        this.ready = ready;
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(Probes.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name + " from our own jar", e);
        }
    }

    Reply live() {
        return new Reply.Text(200, PLAIN, "ok");
    }

    Reply ready() {
        return ready.getAsBoolean() ? new Reply.Text(200, PLAIN, "ok") : new Reply.Text(503, PLAIN, "not ready");
    }

    Reply metrics() {
        return new Reply.Text(200, PROMETHEUS, registry.scrape());
    }

    Reply openApi() {
        return new Reply.Text(200, Map.of("Content-Type", "application/json"), openApi);
    }
}
