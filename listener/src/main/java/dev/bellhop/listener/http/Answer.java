package dev.bellhop.listener.http;

import java.time.Duration;
import java.util.Collection;

import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.intercept.Decision;

/// Every way in which a request to the event port can be answered.
public sealed interface Answer {
    /// The event is safe on disk, or concerns no Trigger.
    record Accepted(EventId id) implements Answer {}

    /// The body is not the JSON that it is declared to be, or no CloudEvent where one is due, or the query is malformed.
    record BadRequest(String why) implements Answer {}

    /// Every addressed Trigger wants credentials, or the EventSource does, and none were sent; of this `scheme`.
    record NotAuthenticated(String why, String scheme) implements Answer {
        /// Triggers want signatures.
        public NotAuthenticated(String why) {
            this(why, "Signature");
        }
    }

    /// Every addressed Trigger refuses the credentials, or the EventSource does.
    record Forbidden(String why) implements Answer {}

    /// There is no such listener, namespace, Trigger or EventSource, or the listener does not serve it: the answer does not tell
    /// which.
    record NotFound() implements Answer {}

    /// Events are posted.
    record MethodNotAllowed() implements Answer {}

    /// The request did not arrive whole in time.
    record TooSlow(Duration limit) implements Answer {}

    /// The body is larger than the limit.
    record TooLarge(int maxBodyBytes) implements Answer {}

    /// The body is compressed.
    record EncodingNotSupported(String encoding) implements Answer {}

    /// The namespaces that want the event have used up their share.
    record TooMany(String why, Duration retryAfter) implements Answer {}

    /// It cannot be accepted now, but may be later: starting, stopping, out of memory or disk, a Trigger that is not Ready.
    record Unavailable(String why, Duration retryAfter) implements Answer {}

    /// A fault of ours.
    record Broken() implements Answer {}

    /// For a request that addresses Triggers which exist but do not compile.
    static Answer notReady() {
        return new Unavailable("the Trigger is not Ready; its status says why", Duration.ofSeconds(10));
    }

    /// The answer when no Trigger takes the event: a refusal only if every one refuses; otherwise some Trigger looked at it and
    /// did not want it, or could not decide. `decisions` has no [Decision.Continue].
    static Answer whenNoneTakes(EventId id, Collection<Decision> decisions) {
        Decision.Refused refused = null;
        Decision.Failed failed = null;
        for (var decision : decisions) {
            switch (decision) {
                case Decision.Filtered _,Decision.Continue _ -> {
                    return new Accepted(id);
                }
                // The same event would fail the same way again: asking the sender to send it again would be no help.
                case Decision.Failed(var _, var _, var retryable) when !retryable -> {
                    return new Accepted(id);
                }
                case Decision.Refused wrong ->
                    refused = refused == null || refused.credentials() == Decision.Credentials.MISSING
                            ? wrong
                            : refused;
                case Decision.Failed undecided -> failed = undecided;
            }
        }
        if (failed != null) {
            return new Unavailable("the event could not be checked; the Trigger's namespace has the reason",
                    Duration.ofSeconds(10));
        }
        if (refused == null) {
            return new Accepted(id);
        }
        return switch (refused.credentials()) {
            case MISSING -> new NotAuthenticated(refused.why());
            case WRONG -> new Forbidden(refused.why());
        };
    }

    /// The HTTP status code.
    default int status() {
        return switch (this) {
            case Accepted _ -> 202;
            case BadRequest _ -> 400;
            case NotAuthenticated _ -> 401;
            case Forbidden _ -> 403;
            case NotFound _ -> 404;
            case MethodNotAllowed _ -> 405;
            case TooSlow _ -> 408;
            case TooLarge _ -> 413;
            case EncodingNotSupported _ -> 415;
            case TooMany _ -> 429;
            case Broken _ -> 500;
            case Unavailable _ -> 503;
        };
    }

    /// What to tell the sender; empty when there is nothing to add to the status code.
    default String message() {
        return switch (this) {
            case Accepted _ -> "";
            case BadRequest(var why) -> "Invalid event body format : " + why;
            case NotAuthenticated(var why, var _) -> why;
            case Forbidden(var why) -> why;
            case NotFound _ -> "no such EventListener, namespace or Trigger is served here";
            case MethodNotAllowed _ -> "events are sent with POST";
            case TooSlow(var limit) -> "the request did not arrive whole within " + limit.toSeconds() + " s";
            case TooLarge(var max) -> "the body is larger than " + max + " bytes";
            case EncodingNotSupported(var encoding) ->
                "Content-Encoding '" + encoding + "' is not supported: send the body as it is";
            case Broken _ -> "the event was not accepted because of a fault in the listener; its log has the reason";
            case TooMany(var why, var _) -> why;
            case Unavailable(var why, var _) -> why;
        };
    }
}
