package dev.bellhop.cli.get;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.apiserver.ApiServers;
import dev.bellhop.cli.Run;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ParameterizedClass
@MethodSource("servers")
class GetIT {
    @Parameter
    private ApiServer server;
    @TempDir
    private Path folder;

    static List<ApiServer> servers() {
        return ApiServers.atHand();
    }

    @BeforeEach
    void apply() throws IOException {
        Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
        try (var client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(server.kubeconfig())).build();
                var crd = GetIT.class.getResourceAsStream("/dev/bellhop/api/crd/triggers.yaml")) {
            client.load(crd).items().forEach(item -> client.resource(item).forceConflicts().serverSideApply());
            client.apiextensions().v1().customResourceDefinitions().withName("triggers.bellhop.dev").waitUntilCondition(
                    found -> found != null && found.getStatus() != null && found.getStatus().getConditions() != null
                            && found.getStatus().getConditions().stream().anyMatch(condition -> condition.getType()
                                    .equals("Established") && condition.getStatus().equals("True")),
                    30, java.util.concurrent.TimeUnit.SECONDS);
            client.load(GetIT.class.getResourceAsStream("objects.yaml")).items()
                    .forEach(item -> client.resource(item).forceConflicts().serverSideApply());
        }
    }

    private Run get(String... args) {
        var all = new java.util.ArrayList<String>(
                List.of("get", "--kubeconfig", folder.resolve("kubeconfig").toString()));
        all.addAll(List.of(args));
        return Run.of(all.toArray(String[]::new));
    }

    @Test
    void findsAKindByAllItsNames() {
        for (var name : List.of("configmaps", "configmap", "cm", "ConfigMap", "cm/one", "configmaps.v1.")) {
            var args = name.contains("/")
                    ? new String[]{name, "-n", "get-a", "-o", "name"}
                    : new String[]{name, "one", "-n", "get-a", "-o", "name"};
            assertThat(get(args)).as(name).isEqualTo(new Run(0, "configmap/one\n", ""));
        }
        for (var name : List.of("triggers", "trigger", "tri", "Trigger", "triggers.bellhop.dev",
                "tri.v1alpha1.bellhop.dev")) {
            assertThat(get(name, "-n", "get-a", "-o", "name")).as(name)
                    .isEqualTo(new Run(0, "trigger.bellhop.dev/note\n", ""));
        }
    }

    @Test
    void printsATableAsKubectlDoes() {
        assertThat(get("cm", "one", "two", "-n", "get-a").out().replaceAll("\\d+s", "1s")).isEqualTo("""
                NAME   DATA   AGE
                one    1      1s
                two    2      1s
                """);
    }

    @Test
    void tellsTheNamespacesOfAll() {
        assertThat(get("cm", "-A", "-l", "get in (it)").out().replaceAll("\\d+s", "1s")).isEqualTo("""
                NAMESPACE   NAME   DATA   AGE
                get-a       one    1      1s
                get-b       one    1      1s
                """);
    }

    @Test
    void tellsTheKindWhereThereAreSeveral() {
        assertThat(get("cm,tri", "-n", "get-a", "-l", "get=it").out()).contains("configmap/one   1").contains("\n\n")
                .contains("trigger.bellhop.dev/note");
        assertThat(get("bellhop", "-n", "get-a", "-o", "name").out()).isEqualTo("trigger.bellhop.dev/note\n");
    }

    @Test
    void printsWholeObjects() {
        assertThat(get("cm", "one", "-n", "get-a", "-o", "yaml").out()).startsWith("apiVersion: v1\nkind: ConfigMap\n")
                .contains("\ndata:\n  number: \"1\"\n").doesNotContain("managedFields");
        assertThat(get("cm", "-n", "get-a", "-o", "json", "-l", "get=it").out()).contains("\"kind\" : \"List\"",
                "\"kind\" : \"ConfigMap\"");
    }

    @Test
    void saysThatThereIsNothing() {
        assertThat(get("secrets", "-n", "get-a", "-l", "no=such"))
                .isEqualTo(new Run(0, "", "No resources found in the namespace; -A looks into all\n"));
        var gone = get("cm", "gone", "-n", "get-a");
        assertThat(gone.err()).contains("configmaps \"gone\" not found (404)");
        assertThat(gone.exitCode()).isEqualTo(1);
        assertThat(get("trigers").err()).contains("no resource type 'trigers'; did you mean 'triggers'?");
    }
}
