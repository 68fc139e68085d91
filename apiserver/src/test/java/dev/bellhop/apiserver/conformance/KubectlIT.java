package dev.bellhop.apiserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bellhop.apiserver.ApiServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The real kubectl, where there is one on the path.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class KubectlIT {

    private static final boolean INSTALLED = installed();

    private final Scene scene;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    KubectlIT(ApiServer server) {
        this.scene = Scene.on(server);
    }

    @BeforeEach
    void writeKubeconfig() throws IOException {
        assumeTrue(INSTALLED, "kubectl is not on the path");
        Files.writeString(folder.resolve("kubeconfig"), scene.server().kubeconfig());
    }

    @Test
    void appliesAndAppliesAgain() {
        String file = file("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a}
                data: {k: v}
                """);

        assertThat(kubectl("apply", "-f", file)).contains("configmap/a created");
        assertThat(kubectl("apply", "-f", file)).contains("configmap/a unchanged");
    }

    @Test
    void appliesAChangeByThreeWayMerge() {
        kubectl("apply", "-f", file("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v, gone: x}\n"));
        kubectl("patch", "cm", "a", "--type=merge", "-p", "{\"data\":{\"others\":\"o\"}}");

        assertThat(kubectl("apply", "-f",
                file("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: w}\n")))
                .contains("configmap/a configured");

        assertThat(kubectl("get", "cm", "a", "-o", "jsonpath={.data}")).isEqualTo("{\"k\":\"w\",\"others\":\"o\"}");
    }

    @Test
    void appliesOnTheServer() {
        assertThat(kubectl("apply", "--server-side", "-f",
                file("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v}\n")))
                .contains("configmap/a serverside-applied");
    }

    @Test
    void appliesACustomObjectAndShowsItsColumns() {
        kubectl("apply", "-f", file(widget()));

        assertThat(kubectl("get", "widgets").lines().toList().getFirst().split("\\s+")).containsExactly("NAME", "SIZE",
                "READY", "AGE");
        assertThat(kubectl("get", "wd", "w", "--no-headers").strip().split("\\s+")).startsWith("w", "3");
    }

    @Test
    void findsTheKindByCategory() {
        kubectl("apply", "-f", file(widget()));

        assertThat(kubectl("get", "all")).contains("widget.conformance.example.dev/w");
    }

    @Test
    void describesAnObjectWithItsEvents() {
        kubectl("apply", "-f", file(widget()));
        String uid = kubectl("get", "widget", "w", "-o", "jsonpath={.metadata.uid}");
        scene.api().post(scene.core("events"),
                "{\"apiVersion\":\"v1\",\"kind\":\"Event\",\"metadata\":{\"name\":\"e\"},\"involvedObject\":{\"kind\":"
                        + "\"Widget\",\"apiVersion\":\"conformance.example.dev/v1\",\"name\":\"w\",\"namespace\":\""
                        + scene.namespace() + "\",\"uid\":\"" + uid
                        + "\"},\"reason\":\"Tested\",\"message\":\"It works\","
                        + "\"type\":\"Normal\",\"count\":1,\"firstTimestamp\":\"2026-01-01T00:00:00Z\","
                        + "\"lastTimestamp\":\"2026-01-01T00:00:00Z\",\"source\":{\"component\":\"test\"}}")
                .expect(201);

        assertThat(kubectl("describe", "widget", "w")).contains("Size:   3").contains("Tested").contains("It works");
    }

    @Test
    void explainsACustomField() {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions()
                .until(() -> kubectl("explain", "widget.spec").contains("How big it shall be."));

        assertThat(kubectl("explain", "widget.spec.size")).contains("How big it shall be.").contains("integer");
    }

    @Test
    void explainsABuiltInField() {
        assertThat(kubectl("explain", "deployment.spec")).contains("replicas").contains("template");
    }

    @Test
    void waitsForACondition() {
        kubectl("apply", "-f", file(widget()));
        scene.api().mergePatch(scene.widgets() + "/w/status",
                "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}").expect(200);

        assertThat(kubectl("wait", "--for=condition=Ready", "widget/w", "--timeout=10s")).contains("condition met");
    }

    @Test
    void deletesAndWaits() {
        kubectl("apply", "-f", file(widget()));

        assertThat(kubectl("delete", "widget", "w", "--wait=true", "--timeout=10s")).contains("\"w\" deleted");
        scene.api().get(scene.widgets() + "/w").expect(404);
    }

    @Test
    void createsFromItsCommandLine() {
        assertThat(kubectl("create", "configmap", "c", "--from-literal=k=v")).contains("configmap/c created");
        assertThat(kubectl("create", "secret", "generic", "s", "--from-literal=k=v")).contains("secret/s created");
        assertThat(kubectl("create", "serviceaccount", "bob")).contains("serviceaccount/bob created");
        assertThat(kubectl("create", "deployment", "d", "--image=i", "--replicas=0"))
                .contains("deployment.apps/d created");
        assertThat(kubectl("create", "job", "j", "--image=i", "--", "echo")).contains("job.batch/j created");
        assertThat(kubectl("get", "secret", "s", "-o", "jsonpath={.data.k}")).isEqualTo("dg==");
        assertThat(kubectl("get", "deployment", "d", "-o",
                "jsonpath={.spec.replicas}/{.spec.template.spec.containers[0].image}"))
                .isEqualTo("0/i");
    }

    @Test
    void grantsAndAsksWhatOneMay() {
        kubectl("create", "serviceaccount", "bob");
        kubectl("create", "role", "reader", "--verb=get", "--resource=configmaps");
        kubectl("create", "rolebinding", "reader", "--role=reader", "--serviceaccount=" + scene.namespace() + ":bob");
        String bob = "--as=system:serviceaccount:" + scene.namespace() + ":bob";

        await().atMost(Duration.ofSeconds(10))
                .until(() -> run("auth", "can-i", "get", "configmaps", bob).strip().equals("yes"));
        assertThat(run("auth", "can-i", "delete", "configmaps", bob)).startsWith("no");
    }

    @Test
    void labelsAndAnnotates() {
        kubectl("create", "configmap", "c");
        kubectl("label", "configmap", "c", "a=b");
        kubectl("annotate", "configmap", "c", "n=m");

        assertThat(kubectl("get", "cm", "-l", "a=b", "-o", "name")).isEqualTo("configmap/c\n");
    }

    @Test
    void refusesAMistypedField() {
        String refused = run("apply", "-f", file("apiVersion: " + Scene.GROUP
                + "/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: 3, sice: 4}\n"));

        assertThat(refused).contains("unknown field").contains("sice");
    }

    @Test
    void comparesWithWhatIsThere() {
        kubectl("apply", "-f", file("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v}\n"));

        assertThat(run("diff", "-f", file("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: w}\n")))
                .contains("-  k: v").contains("+  k: w");
    }

    @Test
    void givesATokenForAnAccount() {
        kubectl("create", "serviceaccount", "bob");
        String token = kubectl("create", "token", "bob").strip();

        scene.api().withToken(token).get("/api").expect(200);
    }

    private static String widget() {
        return "apiVersion: " + Scene.GROUP + "/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: 3}\n";
    }

    private String file(String content) {
        try {
            return Files.writeString(folder.resolve("objects.yaml"), content).toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// What it printed; it has to end well.
    private String kubectl(String... arguments) {
        return run(true, arguments);
    }

    private String run(String... arguments) {
        return run(false, arguments);
    }

    private String run(boolean mustSucceed, String... arguments) {
        var command = new ArrayList<>(List.of("kubectl", "--kubeconfig", folder.resolve("kubeconfig").toString(),
                "--namespace", scene.namespace(), "--cache-dir", folder.resolve("cache").toString()));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            if (mustSucceed) {
                assertThat(process.exitValue()).as(String.join(" ", arguments) + "\n" + output).isZero();
            }
            return output;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean installed() {
        try {
            return new ProcessBuilder("kubectl", "version", "--client").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
