package dev.bellhop.engine.intercept;

import java.util.List;
import java.util.Optional;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.intercept.WebhookSecrets.Comparison;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;

/// Believes a sender that sends the secret itself in a header. It proves the sender, not the body.
///
/// @param header carries the secret
/// @param keys   the secrets, any of which is accepted
record SharedToken(String header, WebhookSecrets keys) implements Check {
    @Override
    public Optional<Decision> objection(String by, Event event, Secrets secrets) {
        var presented = event.headers().first(header);
        if (presented.isEmpty()) {
            return Optional.of(keys.noHeader(by, header));
        }
        return keys.objection(by, secrets, "the token in header " + header + " is wrong",
                (_, token) -> token.matches(presented.get())
                        ? new Comparison.Same()
                        : new Comparison.Different());
    }

    @Override
    public List<SecretRef> secrets() {
        return keys.refs();
    }
}
