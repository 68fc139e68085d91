package dev.bellhop.listener.broker;

import java.util.function.Consumer;

import dev.bellhop.spi.source.SourceHealth;
import org.jspecify.annotations.Nullable;

/// Tells how a source fares, when it changes. Any thread may call it.
public final class Health {
    private final Consumer<SourceHealth> told;
    private @Nullable SourceHealth last;

    public Health(Consumer<SourceHealth> told) {
        this.told = told;
    }

    /// It brings events.
    public void connected(String message) {
        tell(new SourceHealth.Connected(message));
    }

    /// It does not, at the moment.
    public void disconnected(Unreachable why) {
        tell(new SourceHealth.Disconnected(why.reason(), String.valueOf(why.getMessage())));
    }

    private synchronized void tell(SourceHealth health) {
        if (!health.equals(last)) {
            last = health;
            told.accept(health);
        }
    }
}
