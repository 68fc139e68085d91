package dev.bellhop.listener.admin;

import java.util.Objects;
import java.util.Optional;

import dev.bellhop.api.Bellhop;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/// Who may see which deliveries: the bearer token is reviewed by the API server, and its user must be allowed to list Triggers in
/// the namespace. Blocks.
final class Access {
    private final KubernetesClient client;

    /// The client's identity needs to create TokenReviews and SubjectAccessReviews.
    Access(KubernetesClient client) {
        this.client = client;
    }

    /// What may be done with a request.
    sealed interface Granted {
        /// Go on.
        record Yes() implements Granted {}

        /// The token is missing or unknown: 401.
        record Unknown(String why) implements Granted {}

        /// The user may not: 403.
        record No(String why) implements Granted {}
    }

    /// Whether the holder of `token` may list the Triggers of `namespace`, or, when that is empty, of all namespaces.
    Granted toTriggers(Optional<String> token, String namespace) {
        if (token.isEmpty()) {
            return new Granted.Unknown("send the token of your kubeconfig: Authorization: Bearer …");
        }
        var review = client.tokenReviews().create(new TokenReviewBuilder()
                .withNewSpec().withToken(token.get()).endSpec().build()).getStatus();
        if (review == null || !Boolean.TRUE.equals(review.getAuthenticated()) || review.getUser() == null) {
            return new Granted.Unknown("the API server does not know this token");
        }
        return mayList(review.getUser(), namespace)
                ? new Granted.Yes()
                : new Granted.No("user '" + review.getUser().getUsername() + "' may not list triggers." + Bellhop.GROUP
                        + (namespace.isEmpty() ? " in all namespaces" : " in namespace '" + namespace + "'"));
    }

    private boolean mayList(UserInfo user, String namespace) {
        var status = client.authorization().v1().subjectAccessReview().create(new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user.getUsername())
                .withUid(user.getUid())
                .withGroups(user.getGroups())
                .withNewResourceAttributes()
                .withGroup(Bellhop.GROUP)
                .withResource("triggers")
                .withVerb("list")
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec().build()).getStatus();
        return status != null && Boolean.TRUE.equals(Objects.requireNonNullElse(status.getAllowed(), false));
    }
}
