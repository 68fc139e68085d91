package dev.bellhop.engine.intercept;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.bellhop.engine.intercept.Decision.Credentials;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.secret.Token;

/// The secrets that a sender may know, several while one replaces another. Any of them is good; one that cannot be read is
/// never a reason to believe the sender, and a reason to refuse only when the sender surely used another.
///
/// @param refs where the secrets are; at least one
record WebhookSecrets(List<SecretRef> refs) {
    WebhookSecrets {
        refs = List.copyOf(refs);
    }

    /// What came of comparing with one secret.
    sealed interface Comparison {
        /// The sender knows it.
        record Same() implements Comparison {}

        /// The sender used another.
        record Different() implements Comparison {}

        /// The secret cannot be used; `why` follows its name in a sentence.
        record Unusable(String why) implements Comparison {}
    }

    /// Compares what the sender presented with one secret.
    @FunctionalInterface
    interface Comparer {
        Comparison compare(SecretRef ref, Token token);
    }

    /// Empty when the sender knows one of the secrets. `whyWrong` is told to a sender who knows none.
    Optional<Decision> objection(String by, Secrets secrets, String whyWrong, Comparer comparer) {
        var unusable = new ArrayList<String>();
        var lineBreaks = new ArrayList<SecretRef>();
        for (var ref : refs) {
            switch (secrets.find(ref)) {
                case Secrets.Lookup.Missing(var why) -> unusable.add(ref + " cannot be read: " + why);
                case Secrets.Lookup.Found(var token) when token.isEmpty() ->
                    unusable.add(ref + " is empty, which would protect nothing");
                case Secrets.Lookup.Found(var token) -> {
                    switch (comparer.compare(ref, token)) {
                        case Comparison.Same() -> {
                            return Optional.empty();
                        }
                        case Comparison.Different() -> {
                            if (token.hadLineBreak()) {
                                lineBreaks.add(ref);
                            }
                        }
                        case Comparison.Unusable(var why) -> unusable.add(ref + " " + why);
                    }
                }
            }
        }
        if (!unusable.isEmpty()) {
            return Optional.of(new Decision.Failed(by, String.join("; ", unusable), true));
        }
        return Optional.of(wrong(by, whyWrong, lineBreaks));
    }

    /// The answer to a sender that did not even try.
    Decision noHeader(String by, String header) {
        return new Decision.Refused(Credentials.MISSING, by, "no " + header + " header set",
                "set the sender's secret to the value of " + names(refs) + ", and see that no proxy drops the header");
    }

    /// The answer to a sender whose secret is another.
    Decision wrong(String by, String why) {
        return wrong(by, why, List.of());
    }

    private Decision wrong(String by, String why, List<SecretRef> lineBreaks) {
        var advice = "compare the sender's secret with " + names(refs);
        if (!lineBreaks.isEmpty()) {
            advice += "; mind that " + names(lineBreaks)
                    + " ends in a line break, which is not taken as part of the secret";
        }
        return new Decision.Refused(Credentials.WRONG, by, why, advice);
    }

    private static String names(List<SecretRef> refs) {
        return refs.stream().map(SecretRef::toString).collect(Collectors.joining(" or "));
    }
}
