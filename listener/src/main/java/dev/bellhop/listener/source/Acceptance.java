package dev.bellhop.listener.source;

import java.util.concurrent.CompletionStage;

import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.SourceEvent;

/// Who takes what sources bring.
public interface Acceptance {
    /// Takes an event in. Never blocks; the stage completes when its fate is safe.
    CompletionStage<Emitted> accept(SourceId source, SourceEvent event);

    /// A source left something out, because of one of its own rules. Never blocks.
    void dropped(SourceId source, String rule, String what);
}
