package dev.bellhop.engine.intercept;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import javax.crypto.Mac;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.intercept.WebhookSecrets.Comparison;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.secret.Token;

/// Believes a sender that signed the body's bytes, as they came, with a shared secret. Signatures are compared decoded and
/// in constant time.
final class HmacSignature implements Check {
    private final HmacScheme scheme;
    private final WebhookSecrets secrets;
    private final HmacKeys keys;

    HmacSignature(HmacScheme scheme, WebhookSecrets secrets) {
        this.scheme = scheme;
        this.secrets = secrets;
        this.keys = new HmacKeys(scheme.secretEncoding(), scheme.secretPrefix());
    }

    @Override
    public Optional<Decision> objection(String by, Event event, Secrets port) {
        // The time is looked at last: until the signature is verified it is anybody's claim.
        return unsigned(by, event.headers(), event.body().bytes(), port)
                .or(() -> scheme.staleness(event).map(why -> secrets.wrong(by, why)));
    }

    @Override
    public List<SecretRef> secrets() {
        return secrets.refs();
    }

    /// Why the signature does not prove `body`; empty when it does.
    Optional<Decision> unsigned(String by, Headers headers, byte[] body, Secrets port) {
        for (var needed : scheme.neededHeaders()) {
            if (headers.first(needed).isEmpty()) {
                return Optional.of(secrets.noHeader(by, needed));
            }
        }
        var elements = scheme.elements(headers);
        var signatures = scheme.signatures(elements);
        if (signatures.isEmpty()) {
            return Optional.of(secrets.wrong(by,
                    "header " + scheme.header() + " holds no signature of the form " + scheme.form()));
        }
        var timestamp = scheme.timestampText(headers, elements).orElse("");
        var id = scheme.idHeader().flatMap(headers::first).orElse("");
        return secrets.objection(by, port, "the signature in header " + scheme.header() + " does not match the body",
                (ref, token) -> compare(signatures, ref, token, mac -> scheme.signed().sign(mac, body, timestamp, id)));
    }

    private Comparison compare(List<Signature> signatures, SecretRef ref, Token token, Function<Mac, byte[]> signer) {
        // One HMAC for each hash, however many signatures a hostile header holds.
        for (var digest : scheme.digests()) {
            var candidates = signatures.stream().filter(signature -> signature.algorithm() == digest.algorithm())
                    .toList();
            if (candidates.isEmpty()) {
                continue;
            }
            var mac = keys.mac(ref, token, digest.algorithm());
            if (mac.isEmpty()) {
                return new Comparison.Unusable(keys.unusable());
            }
            var expected = signer.apply(mac.get());
            if (candidates.stream().anyMatch(candidate -> candidate.is(expected))) {
                return new Comparison.Same();
            }
        }
        return new Comparison.Different();
    }
}
