package dev.bellhop.engine.intercept;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.intercept.SignedTimestamp.Place;

/// How a sender signs with a shared secret, declared rather than programmed.
///
/// @param header         carries the signature, or several
/// @param separator      stands between several signatures in the header; empty when there is one
/// @param digests        which hash follows which prefix; whatever has none of these prefixes is no signature
/// @param encoding       how the signature is written after the prefix
/// @param signed         what is signed
/// @param timestamp      the signed time, where there is one
/// @param idHeader       carries the id that is signed, where there is one
/// @param secretEncoding how the key is written in the Secret
/// @param secretPrefix   what stands before the key in the Secret and is no part of it; may be absent there
record HmacScheme(
        String header,
        String separator,
        List<Digest> digests,
        Encoding encoding,
        SignedTemplate signed,
        Optional<SignedTimestamp> timestamp,
        Optional<String> idHeader,
        Encoding secretEncoding,
        String secretPrefix) {

    HmacScheme {
        digests = List.copyOf(digests);
    }

    /// A hash and the text before its signature.
    record Digest(String prefix, HmacAlgorithm algorithm) {}

    /// The plainest scheme: one signature of the body alone.
    static HmacScheme ofBody(String header, String prefix, HmacAlgorithm algorithm, Encoding encoding) {
        return new HmacScheme(header, "", List.of(new Digest(prefix, algorithm)), encoding, SignedTemplate.BODY,
                Optional.empty(), Optional.empty(), Encoding.UTF8, "");
    }

    HmacScheme acceptingAlso(Digest... more) {
        var all = Stream.concat(digests.stream(), Stream.of(more)).toList();
        return new HmacScheme(header, separator, all, encoding, signed, timestamp, idHeader, secretEncoding,
                secretPrefix);
    }

    HmacScheme separatedBy(String text) {
        return new HmacScheme(header, text, digests, encoding, signed, timestamp, idHeader, secretEncoding,
                secretPrefix);
    }

    HmacScheme signing(String template) {
        return new HmacScheme(header, separator, digests, encoding, SignedTemplate.of(template), timestamp, idHeader,
                secretEncoding, secretPrefix);
    }

    HmacScheme at(SignedTimestamp time) {
        return new HmacScheme(header, separator, digests, encoding, signed, Optional.of(time), idHeader, secretEncoding,
                secretPrefix);
    }

    HmacScheme withId(String idHeaderName) {
        return new HmacScheme(header, separator, digests, encoding, signed, timestamp, Optional.of(idHeaderName),
                secretEncoding, secretPrefix);
    }

    HmacScheme withSecretIn(Encoding written, String after) {
        return new HmacScheme(header, separator, digests, encoding, signed, timestamp, idHeader, written, after);
    }

    /// The headers without which there is nothing to verify, the signature's first.
    List<String> neededHeaders() {
        var needed = new ArrayList<String>();
        needed.add(header);
        timestamp.map(SignedTimestamp::place).ifPresent(place -> {
            if (place instanceof Place.Header(var name)) {
                needed.add(name);
            }
        });
        idHeader.ifPresent(needed::add);
        return needed;
    }

    /// The parts of the signature header.
    List<String> elements(Headers headers) {
        var value = headers.first(header).orElse("");
        if (separator.isEmpty()) {
            return List.of(value.strip());
        }
        return Arrays.stream(value.split(Pattern.quote(separator), -1)).map(String::strip).toList();
    }

    /// The signatures among `elements`; what is written otherwise is none.
    List<Signature> signatures(List<String> elements) {
        var signatures = new ArrayList<Signature>();
        for (var element : elements) {
            for (var digest : digests) {
                if (element.startsWith(digest.prefix())) {
                    encoding.decode(element.substring(digest.prefix().length()))
                            .ifPresent(value -> signatures.add(new Signature(digest.algorithm(), value)));
                }
            }
        }
        return signatures;
    }

    /// The time as sent in a header.
    Optional<String> timestampText(Headers headers, List<String> elements) {
        return timestamp.flatMap(time -> switch (time.place()) {
            case Place.Header(var name) -> headers.first(name);
            case Place.BesideSignature(var prefix) -> elements.stream()
                    .filter(element -> element.startsWith(prefix))
                    .map(element -> element.substring(prefix.length()))
                    .findFirst();
            case Place.BodyField _ -> Optional.empty();
        });
    }

    /// What is wrong with the signed time of `event`, for the sender; empty when nothing is or the scheme has none.
    Optional<String> staleness(Event event) {
        return timestamp.flatMap(time -> {
            var text = time.place() instanceof Place.BodyField(var name)
                    ? event.body().json().path(name).asText("")
                    : timestampText(event.headers(), elements(event.headers())).orElse("");
            return time.complaint(text, event.receivedAt());
        });
    }

    /// What a signature looks like, for messages: `sha256=<hex>`.
    String form() {
        return digests.stream().map(digest -> digest.prefix() + "<" + encoding.param() + ">")
                .collect(Collectors.joining(" or "));
    }
}
