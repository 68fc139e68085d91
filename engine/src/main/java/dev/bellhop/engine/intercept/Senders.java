package dev.bellhop.engine.intercept;

import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.engine.intercept.CheckedSender.Addition;
import dev.bellhop.engine.intercept.HmacScheme.Digest;
import dev.bellhop.engine.secret.SecretRef;

/// Compiles the interceptors `github`, `gitlab` and `bitbucket` from their params. Without a secret they check none, as in
/// Tekton: the Trigger's author left it out on purpose.
final class Senders {
    static final HmacScheme GITHUB_SCHEME = HmacScheme.ofBody("X-Hub-Signature-256", "sha256=", HmacAlgorithm.SHA256,
            Encoding.HEX);

    private static final HmacScheme BITBUCKET_SCHEME = HmacScheme
            .ofBody("X-Hub-Signature", "sha256=", HmacAlgorithm.SHA256, Encoding.HEX)
            .acceptingAlso(new Digest("sha512=", HmacAlgorithm.SHA512), new Digest("sha1=", HmacAlgorithm.SHA1));

    private Senders() {}

    static Interceptor github(String name, Fields params, String namespace) {
        var checks = new ArrayList<Check>();
        secrets(params, namespace).ifPresent(secrets -> checks.add(new HmacSignature(GITHUB_SCHEME, secrets)));
        checks.add(new JsonContentType());
        var types = eventTypes(params, "X-GitHub-Event");
        types.ifPresent(checks::add);
        refuseOwners(params);
        return new CheckedSender(name, checks, changedFiles(params, types));
    }

    static Interceptor gitlab(String name, Fields params, String namespace) {
        var checks = new ArrayList<Check>();
        secrets(params, namespace).ifPresent(secrets -> checks.add(new SharedToken("X-Gitlab-Token", secrets)));
        eventTypes(params, "X-Gitlab-Event").ifPresent(checks::add);
        return new CheckedSender(name, checks, Addition.NOTHING);
    }

    static Interceptor bitbucket(String name, Fields params, String namespace) {
        var checks = new ArrayList<Check>();
        secrets(params, namespace).ifPresent(secrets -> checks.add(new HmacSignature(BITBUCKET_SCHEME, secrets)));
        eventTypes(params, "X-Event-Key").ifPresent(checks::add);
        return new CheckedSender(name, checks, Addition.NOTHING);
    }

    /// `secretRef` and `secretRefs` together; empty when neither is there.
    static Optional<WebhookSecrets> secrets(Fields params, String namespace) {
        var refs = new ArrayList<SecretRef>();
        params.object("secretRef").ifPresent(ref -> refs.add(secretRef(ref, namespace)));
        params.objects("secretRefs").forEach(ref -> refs.add(secretRef(ref, namespace)));
        return refs.isEmpty() ? Optional.empty() : Optional.of(new WebhookSecrets(refs));
    }

    private static SecretRef secretRef(Fields ref, String namespace) {
        return new SecretRef(namespace,
                ref.required("secretName", "name the Secret that holds the webhook's secret"),
                ref.required("secretKey", "name the key of the Secret that holds the webhook's secret"));
    }

    private static Optional<EventTypes> eventTypes(Fields params, String header) {
        var types = params.texts("eventTypes");
        return types.isEmpty() ? Optional.empty() : Optional.of(new EventTypes(header, Set.copyOf(types)));
    }

    private static Addition changedFiles(Fields params, Optional<EventTypes> types) {
        var setting = params.object("addChangedFiles");
        // Tekton needs a token for pull requests only; with pushes alone it is of no use and no harm.
        setting.ifPresent(fields -> fields.object("personalAccessToken").ifPresent(Senders::acceptToken));
        if (!setting.map(fields -> fields.flag("enabled")).orElse(false)) {
            return Addition.NOTHING;
        }
        if (types.filter(check -> check.allowed().equals(Set.of("push"))).isEmpty()) {
            params.problem("addChangedFiles", "is supported for pushes only, whose payload tells the files: "
                    + "set eventTypes to [push], or leave it out");
        }
        return ChangedFiles::of;
    }

    private static void refuseOwners(Fields params) {
        var setting = params.object("githubOwners");
        setting.ifPresent(fields -> {
            fields.object("personalAccessToken").ifPresent(Senders::acceptToken);
            fields.text("checkType");
            if (fields.flag("enabled")) {
                params.problem("githubOwners", "is not supported, and without it anybody's pull request would pass: "
                        + "check body.pull_request.author_association in a cel filter");
            }
        });
    }

    private static void acceptToken(Fields token) {
        token.text("secretName");
        token.text("secretKey");
    }
}
