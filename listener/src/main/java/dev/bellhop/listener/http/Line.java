package dev.bellhop.listener.http;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.select.Candidates;
import dev.bellhop.engine.select.Route;

/// What the door needs from those who know the Triggers. Called on event loops: nothing here may block.
public interface Line {
    /// What a request addresses, found before its body is read.
    sealed interface Found {
        /// Somebody who takes what is posted.
        sealed interface Taker extends Found permits Reception, Emission {}

        /// Triggers of this listener, to which `route` led.
        record Reception(ObjectName listener, String listenerUid, Route route, Candidates candidates)
                implements
                    Taker {}

        /// An EventSource, the events of which a plug-in posts with `token`.
        record Emission(ObjectName source, String sourceUid, SecretRef token) implements Taker {}

        /// Nothing that could take the event.
        record Refusal(Answer answer) implements Found {}
    }

    /// Whether events are to be sent here: everything is read in, and the process is not about to end.
    boolean isReady();

    /// Whether the process is about to end: whoever keeps a connection open should give it up.
    boolean isEnding();

    /// Looks up what the `Host` header, `path` and `query` (without `?`) address; each is empty when absent.
    Found find(String host, String path, String query);

    /// The answer to whatever the request holds, which therefore need not be read: those it addresses have used up their share.
    Optional<Answer> turnAway(Found.Taker taker);

    /// Takes an event in. The answer is there once the event is safe, or refused; it may come on any thread.
    CompletionStage<Answer> accept(Found.Reception reception, Event event);

    /// Takes in what a plug-in posts, under the name `id`. As above.
    CompletionStage<Answer> accept(Found.Emission emission, EventId id, Headers headers, byte[] body);
}
