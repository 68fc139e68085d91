package dev.bellhop.apiserver.conformance;

import static dev.bellhop.apiserver.conformance.Scene.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.ApiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The three patches that need no owner.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class PatchIT {

    private static final String DEPLOYMENT = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"d"},"spec":{"replicas":0,
             "selector":{"matchLabels":{"app":"d"}},"template":{"metadata":{"labels":{"app":"d"}},
             "spec":{"containers":[{"name":"one","image":"one:1"},{"name":"two","image":"two:1"}]}}}}""";

    private final Scene scene;
    private final Api api;
    private final String maps;
    private final String deployments;

    PatchIT(ApiServer server) {
        this.scene = Scene.on(server);
        this.api = scene.api();
        this.maps = scene.core("configmaps");
        this.deployments = scene.in("apps/v1", "deployments");
    }

    @Test
    void patchesByOperations() {
        api.post(maps, configMap("a", "{\"k\":\"1\",\"gone\":\"x\"}")).expect(201);

        JsonNode patched = api.jsonPatch(maps + "/a", """
                [{"op":"test","path":"/data/k","value":"1"},{"op":"replace","path":"/data/k","value":"2"},
                 {"op":"add","path":"/data/new","value":"n"},{"op":"remove","path":"/data/gone"}]""").expect(200);

        assertThat(patched.path("data")).hasToString("{\"k\":\"2\",\"new\":\"n\"}");
    }

    @Test
    void refusesOperationsWhoseTestFails() {
        api.post(maps, configMap("a", "{\"k\":\"1\"}")).expect(201);

        api.jsonPatch(maps + "/a", "[{\"op\":\"test\",\"path\":\"/data/k\",\"value\":\"other\"}]").refused(422,
                "Invalid",
                "the server rejected our request due to an error in our request");
    }

    @Test
    void refusesOperationsThatAreNoList() {
        api.post(maps, configMap("a", "{}")).expect(201);

        api.jsonPatch(maps + "/a", "{\"op\":\"remove\"}").expect(400);
    }

    @Test
    void mergesAndRemovesByNull() {
        api.post(maps, configMap("a", "{\"k\":\"1\",\"gone\":\"x\"}")).expect(201);

        JsonNode patched = api.mergePatch(maps + "/a", "{\"data\":{\"k\":\"2\",\"gone\":null}}").expect(200);

        assertThat(patched.path("data")).hasToString("{\"k\":\"2\"}");
    }

    @Test
    void aMergePatchReplacesLists() {
        api.post(deployments, DEPLOYMENT).expect(201);

        JsonNode patched = api.mergePatch(deployments + "/d",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"three\",\"image\":\"three:1\"}]}}}}")
                .expect(200);

        assertThat(containers(patched)).isEqualTo("three=three:1 ");
    }

    @Test
    void aStrategicPatchMergesListsByKey() {
        api.post(deployments, DEPLOYMENT).expect(201);

        JsonNode patched = api.strategicPatch(deployments + "/d",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"two\",\"image\":\"two:2\"}]}}}}")
                .expect(200);

        assertThat(containers(patched)).isEqualTo("one=one:1 two=two:2 ");
    }

    @Test
    void aStrategicPatchDeletesByDirective() {
        api.post(deployments, DEPLOYMENT).expect(201);

        JsonNode patched = api.strategicPatch(deployments + "/d",
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"two\",\"$patch\":\"delete\"}]}}}}")
                .expect(200);

        assertThat(containers(patched)).isEqualTo("one=one:1 ");
    }

    @Test
    void refusesAStrategicPatchOfACustomObject() {
        api.post(scene.widgets(), Scene.widget("w", "{\"size\":1}")).expect(201);

        api.strategicPatch(scene.widgets() + "/w", "{\"spec\":{\"size\":2}}").refused(415, "UnsupportedMediaType", "");
    }

    @Test
    void refusesAPatchOfAMissingObject() {
        api.mergePatch(maps + "/none", "{}").refused(404, "NotFound", "configmaps \"none\" not found");
    }

    @Test
    void refusesAPatchOfAnOlderVersion() {
        String old = api.post(maps, configMap("a", "{}")).expect(201).path("metadata").path("resourceVersion").asText();
        api.mergePatch(maps + "/a", "{\"data\":{\"k\":\"1\"}}").expect(200);

        api.mergePatch(maps + "/a", "{\"metadata\":{\"resourceVersion\":\"" + old + "\"},\"data\":{\"k\":\"2\"}}")
                .refused(409, "Conflict", "the object has been modified");
    }

    @Test
    void aDryRunPatchChangesNothing() {
        api.post(maps, configMap("a", "{\"k\":\"1\"}")).expect(201);

        JsonNode shown = api.mergePatch(maps + "/a?dryRun=All", "{\"data\":{\"k\":\"2\"}}").expect(200);

        assertThat(shown.path("data").path("k").asText()).isEqualTo("2");
        assertThat(api.get(maps + "/a").expect(200).path("data").path("k").asText()).isEqualTo("1");
    }

    @Test
    void aPatchThatChangesNothingKeepsTheResourceVersion() {
        JsonNode created = api.post(maps, configMap("a", "{\"k\":\"1\"}")).expect(201);

        JsonNode patched = api.mergePatch(maps + "/a", "{\"data\":{\"k\":\"1\"}}").expect(200);

        assertThat(patched.path("metadata").path("resourceVersion"))
                .isEqualTo(created.path("metadata").path("resourceVersion"));
    }

    private static String containers(JsonNode deployment) {
        var shown = new StringBuilder();
        deployment.at("/spec/template/spec/containers").forEach(container -> shown
                .append(container.path("name").asText()).append('=').append(container.path("image").asText())
                .append(' '));
        return shown.toString();
    }
}
