package dev.bellhop.listener.source.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.PluginSourceSpec;
import dev.bellhop.engine.source.SpecSchema;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.listener.outlet.Outlet.NotAllowed;
import dev.bellhop.listener.outlet.Reply;
import dev.bellhop.spi.source.EventSourceType;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;

/// A source behind a URL: `spec.plugin` with `url`, the whole of which is its spec.
public final class RemoteType implements EventSourceType {
    /// What expressions see as `event.source`.
    public static final String NAME = "plugin";

    private final Optional<Reach> reach;

    private RemoteType(Optional<Reach> reach) {
        this.reach = reach;
    }

    /// How plug-ins are reached, and how they reach the listener.
    ///
    /// @param sender  sends requests where the admin lets it
    /// @param address where plug-ins post the events of an EventSource
    /// @param every   how often a plug-in is told again
    public record Reach(Sender sender, Function<ObjectName, String> address, Duration every) {
        /// How often a plug-in is told when nobody says otherwise.
        public static final Duration USUALLY = Duration.ofSeconds(30);
    }

    /// Sends a request and waits for the answer.
    @FunctionalInterface
    public interface Sender {
        Reply send(Outgoing request) throws NotAllowed, IOException, InterruptedException;
    }

    /// For a process that runs EventSources.
    public static RemoteType reaching(Reach reach) {
        return new RemoteType(Optional.of(reach));
    }

    /// For a process that looks at specs and runs none of them.
    public static RemoteType checking() {
        return new RemoteType(Optional.empty());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Events that a plug-in behind a URL posts.";
    }

    @Override
    public JsonNode schema() {
        return SpecSchema.of(PluginSourceSpec.class);
    }

    @Override
    public List<String> problems(JsonNode spec) {
        return RemoteSettings.read(spec).problems();
    }

    @Override
    public RunningSource start(JsonNode spec, SourceContext context) {
        return new RemoteSource(RemoteSettings.of(spec), context,
                reach.orElseThrow(() -> new IllegalStateException("this process runs no EventSources"))).start();
    }
}
