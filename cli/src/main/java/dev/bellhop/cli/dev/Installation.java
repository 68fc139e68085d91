package dev.bellhop.cli.dev;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.cli.run.KubeconfigOption;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/// Installs in a cluster what `config/` ships: the CRDs, and the rights with which listener and controller then work, so that
/// what works in dev works in a cluster.
final class Installation {
    /// Where listener and controller have their ServiceAccounts.
    static final String NAMESPACE = "bellhop-system";
    private static final List<String> CRDS = List.of("eventlisteners", "triggers", "triggerbindings",
            "clustertriggerbindings",
            "triggertemplates", "eventsources", "eventrecords");
    private static final List<String> RBAC = List.of("listener", "controller", "people");
    private static final long TOKEN_SECONDS = TimeUnit.DAYS.toSeconds(1);

    private final KubernetesClient admin;

    Installation(KubernetesClient admin) {
        this.admin = admin;
    }

    /// Applies everything and waits until the CRDs are served.
    void apply() {
        admin.namespaces().resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
                .forceConflicts().serverSideApply();
        CRDS.forEach(crd -> applyResource("/dev/bellhop/api/crd/" + crd + ".yaml"));
        RBAC.forEach(file -> applyResource("/dev/bellhop/cli/dev/rbac/" + file + ".yaml"));
        for (var crd : CRDS) {
            admin.apiextensions().v1().customResourceDefinitions().withName(crd + ".bellhop.dev")
                    .waitUntilCondition(
                            one -> one != null && one.getStatus() != null && one.getStatus().getConditions() != null
                                    && one.getStatus().getConditions().stream()
                                            .anyMatch(condition -> "Established".equals(condition.getType())
                                                    && "True".equals(condition.getStatus())),
                            30, TimeUnit.SECONDS);
        }
    }

    private void applyResource(String name) {
        try (InputStream yaml = Installation.class.getResourceAsStream(name)) {
            if (yaml == null) {
                throw new IllegalStateException(name + " is missing in this program's jars");
            }
            admin.load(yaml).items().forEach(item -> admin.resource(item).forceConflicts().serverSideApply());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + name, e);
        }
    }

    /// A client with the rights of one of the ServiceAccounts, and no others.
    KubernetesClient as(String serviceAccount) {
        var request = new TokenRequestBuilder().withNewSpec().withExpirationSeconds(TOKEN_SECONDS).endSpec().build();
        var answer = admin.serviceAccounts().inNamespace(NAMESPACE).withName(serviceAccount).tokenRequest(request);
        if (answer == null || answer.getStatus() == null) {
            throw new CommandFailure(
                    "the API server gave no token for ServiceAccount " + NAMESPACE + "/" + serviceAccount);
        }
        var from = admin.getConfiguration();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(from.getMasterUrl())
                .withCaCertData(from.getCaCertData())
                .withCaCertFile(from.getCaCertFile())
                .withTrustCerts(from.isTrustCerts())
                .withOauthToken(answer.getStatus().getToken())
                .withNamespace(NAMESPACE)
                .build();
        return KubeconfigOption.client(config);
    }
}
