package dev.bellhop.listener.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

import dev.bellhop.api.Bellhop;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/// Who may see and move which deliveries: the API server reviews the bearer token and says whether its user may do the like
/// with the Trigger. What it said is believed for a few seconds. Blocks.
final class Access {
    private static final Duration BELIEVED = Duration.ofSeconds(5);
    private static final int USERS = 1_000;
    private static final int ANSWERS = 10_000;

    private final KubernetesClient client;
    private final BriefMemory<String, Optional<UserInfo>> users;
    private final BriefMemory<Question, Boolean> answers;

    /// The client's identity needs to create TokenReviews and SubjectAccessReviews. `nanos` is [System#nanoTime] or a test's.
    Access(KubernetesClient client, LongSupplier nanos) {
        this.client = client;
        users = new BriefMemory<>(USERS, BELIEVED, nanos);
        answers = new BriefMemory<>(ANSWERS, BELIEVED, nanos);
    }

    private record Question(String tokenHash, String verb, String namespace, String trigger) {}

    /// What may be done with a request.
    sealed interface Granted {
        /// Go on; `user` is the name that the cluster knows.
        record Yes(String user) implements Granted {}

        /// The token is missing or unknown: 401.
        record Unknown(String why) implements Granted {}

        /// The user may not: 403.
        record No(String user, String why) implements Granted {}

        /// What to answer unless it is a yes.
        default Optional<Reply> refusal() {
            return switch (this) {
                case Yes _ -> Optional.empty();
                case Unknown(var why) -> Optional.of(Reply.error(401, why, Map.of("WWW-Authenticate", "Bearer")));
                case No(var _, var why) -> Optional.of(Reply.error(403, why));
            };
        }
    }

    /// Whether the holder of `token` may do `verb` with all Triggers of `namespace`, or, when that is empty, of all
    /// namespaces.
    Granted toTriggers(Optional<String> token, String verb, String namespace) {
        return review(token, verb, namespace, "");
    }

    /// The same with one Trigger.
    Granted toTrigger(Optional<String> token, String verb, String namespace, String trigger) {
        return review(token, verb, namespace, trigger);
    }

    private Granted review(Optional<String> token, String verb, String namespace, String trigger) {
        if (token.isEmpty()) {
            return new Granted.Unknown("send the token of your kubeconfig: Authorization: Bearer …");
        }
        var hash = hash(token.get());
        var user = users.get(hash, () -> userOf(token.get()));
        if (user.isEmpty()) {
            return new Granted.Unknown("the API server does not know this token");
        }
        var question = new Question(hash, verb, namespace, trigger);
        if (answers.get(question, () -> ask(user.get(), question))) {
            return new Granted.Yes(user.get().getUsername());
        }
        return new Granted.No(user.get().getUsername(), "user '" + user.get().getUsername() + "' may not " + verb
                + (trigger.isEmpty()
                        ? " triggers." + Bellhop.GROUP
                        : " triggers." + Bellhop.GROUP + " '" + trigger + "'")
                + (namespace.isEmpty() ? " in all namespaces" : " in namespace '" + namespace + "'"));
    }

    private Optional<UserInfo> userOf(String token) {
        var review = client.tokenReviews().create(new TokenReviewBuilder()
                .withNewSpec().withToken(token).endSpec().build()).getStatus();
        return review != null && Boolean.TRUE.equals(review.getAuthenticated())
                ? Optional.ofNullable(review.getUser())
                : Optional.empty();
    }

    private boolean ask(UserInfo user, Question question) {
        var status = client.authorization().v1().subjectAccessReview().create(new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user.getUsername())
                .withUid(user.getUid())
                .withGroups(user.getGroups())
                .withExtra(user.getExtra())
                .withNewResourceAttributes()
                .withGroup(Bellhop.GROUP)
                .withResource("triggers")
                .withVerb(question.verb)
                .withNamespace(question.namespace)
                .withName(question.trigger)
                .endResourceAttributes()
                .endSpec().build()).getStatus();
        return status != null && Boolean.TRUE.equals(Objects.requireNonNullElse(status.getAllowed(), false));
    }

    /// Tokens are not kept, only what tells them apart.
    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
