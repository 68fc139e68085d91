package dev.bellhop.apiserver.conformance;

import static dev.bellhop.apiserver.conformance.Scene.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.ApiServer;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Creating, reading, replacing and deleting single objects.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ObjectsIT {

    private final Scene scene;
    private final Api api;
    private final String maps;

    ObjectsIT(ApiServer server) {
        this.scene = Scene.on(server);
        this.api = scene.api();
        this.maps = scene.core("configmaps");
    }

    @Test
    void createsAnObjectAndGivesItAnIdentity() {
        JsonNode metadata = api.post(maps, configMap("a", "{\"k\":\"v\"}")).expect(201).path("metadata");

        assertThat(metadata.path("uid").asText()).hasSize(36);
        assertThat(metadata.path("resourceVersion").asText()).matches("\\d+");
        assertThat(metadata.path("creationTimestamp").asText()).endsWith("Z");
        assertThat(metadata.path("namespace").asText()).isEqualTo(scene.namespace());
        assertThat(metadata.has("generation")).isFalse();
    }

    @Test
    void givesBackWhatWasCreated() {
        api.post(maps, configMap("a", "{\"k\":\"v\"}")).expect(201);

        JsonNode read = api.get(maps + "/a").expect(200);

        assertThat(read.path("kind").asText()).isEqualTo("ConfigMap");
        assertThat(read.path("apiVersion").asText()).isEqualTo("v1");
        assertThat(read.path("data").path("k").asText()).isEqualTo("v");
    }

    @Test
    void refusesASecondObjectOfTheSameName() {
        api.post(maps, configMap("a", "{}")).expect(201);

        api.post(maps, configMap("a", "{}")).refused(409, "AlreadyExists", "configmaps \"a\" already exists");
    }

    @Test
    void refusesAnObjectInAMissingNamespace() {
        api.post("/api/v1/namespaces/nowhere/configmaps", configMap("a", "{}")).refused(404, "NotFound",
                "namespaces \"nowhere\" not found");
    }

    @Test
    void refusesAnObjectWithoutAName() {
        api.post(maps, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{}}").refused(422, "Invalid",
                "name or generateName is required");
    }

    @Test
    void refusesANameThatIsNoDnsName() {
        api.post(maps, configMap("Not_A_Name", "{}")).refused(422, "Invalid", "metadata.name: Invalid value");
    }

    @Test
    void refusesALabelValueOver63Letters() {
        api.post(maps, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\",\"labels\":{\"k\":\""
                + "x".repeat(64) + "\"}}}").refused(422, "Invalid", "metadata.labels: Invalid value");
    }

    @Test
    void makesANameFromGenerateName() {
        JsonNode made = api.post(maps,
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"generateName\":\"run-\"}}").expect(201);

        assertThat(made.path("metadata").path("name").asText()).matches("run-[a-z0-9]{5}");
        assertThat(made.path("metadata").path("generateName").asText()).isEqualTo("run-");
    }

    @Test
    void refusesAnotherNamespaceInTheBodyThanInThePath() {
        api.post(maps,
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\",\"namespace\":\"other\"}}")
                .refused(400, "BadRequest", "the namespace of the provided object does not match the namespace sent");
    }

    @Test
    void tellsThatAnObjectIsMissing() {
        Api.Answer answer = api.get(maps + "/none");

        answer.refused(404, "NotFound", "configmaps \"none\" not found");
        assertThat(answer.body().path("details").path("kind").asText()).isEqualTo("configmaps");
        assertThat(answer.body().path("details").path("name").asText()).isEqualTo("none");
    }

    @Test
    void namesTheGroupOfAMissingObject() {
        api.get(scene.in("apps/v1", "deployments") + "/none").refused(404, "NotFound",
                "deployments.apps \"none\" not found");
    }

    @Test
    void answersAnUnknownKindWith404() {
        assertThat(api.get(scene.core("unheardofs")).code()).isEqualTo(404);
    }

    @Test
    void aDryRunCreatesNothing() {
        api.post(maps + "?dryRun=All", configMap("a", "{}")).expect(201);

        api.get(maps + "/a").expect(404);
    }

    @Test
    void aDryRunDeletesNothing() {
        api.post(maps, configMap("a", "{}")).expect(201);
        api.delete(maps + "/a?dryRun=All").expect(200);

        api.get(maps + "/a").expect(200);
    }

    @Test
    void replacesAnObject() {
        JsonNode created = api.post(maps, configMap("a", "{\"k\":\"1\"}")).expect(201);

        JsonNode replaced = api.put(maps + "/a", configMap("a", "{\"k\":\"2\"}")).expect(200);

        assertThat(replaced.path("data").path("k").asText()).isEqualTo("2");
        assertThat(replaced.path("metadata").path("uid")).isEqualTo(created.path("metadata").path("uid"));
        assertThat(replaced.path("metadata").path("resourceVersion"))
                .isNotEqualTo(created.path("metadata").path("resourceVersion"));
    }

    @Test
    void refusesAReplacementOfAnOlderVersion() {
        JsonNode created = api.post(maps, configMap("a", "{\"k\":\"1\"}")).expect(201);
        api.put(maps + "/a", configMap("a", "{\"k\":\"2\"}")).expect(200);

        api.put(maps + "/a", created.toString()).refused(409, "Conflict",
                "Operation cannot be fulfilled on configmaps \"a\": the object has been modified; please apply your changes"
                        + " to the latest version and try again");
    }

    @Test
    void refusesAReplacementOfAMissingCustomObject() {
        api.put(scene.widgets() + "/none", Scene.widget("none", "{\"size\":1}")).expect(404);
    }

    @Test
    void aReplacementByTheSameChangesNothing() {
        JsonNode created = api.post(maps, configMap("a", "{\"k\":\"1\"}")).expect(201);

        JsonNode replaced = api.put(maps + "/a", configMap("a", "{\"k\":\"1\"}")).expect(200);

        assertThat(replaced.path("metadata").path("resourceVersion"))
                .isEqualTo(created.path("metadata").path("resourceVersion"));
    }

    @Test
    void refusesAReplacementUnderAnotherName() {
        api.post(maps, configMap("a", "{}")).expect(201);

        api.put(maps + "/a", configMap("b", "{}")).expect(400);
    }

    @Test
    void deletesAnObject() {
        api.post(maps, configMap("a", "{}")).expect(201);

        JsonNode status = api.delete(maps + "/a").expect(200);

        assertThat(status.path("kind").asText()).isEqualTo("Status");
        assertThat(status.path("status").asText()).isEqualTo("Success");
        api.get(maps + "/a").expect(404);
    }

    @Test
    void refusesADeletionThatMeansAnother() {
        api.post(maps, configMap("a", "{}")).expect(201);

        api.delete(maps + "/a",
                "{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"preconditions\":{\"uid\":\"another\"}}")
                .refused(409, "Conflict", "recondition");
    }

    @Test
    void aFinalizerHoldsADeletedObject() {
        createHeld("a");

        JsonNode held = api.delete(maps + "/a").expect(200);

        assertThat(held.path("metadata").path("deletionTimestamp").asText()).endsWith("Z");
        api.get(maps + "/a").expect(200);
    }

    @Test
    void anObjectGoesWithItsLastFinalizer() {
        createHeld("a");
        api.delete(maps + "/a").expect(200);

        api.jsonPatch(maps + "/a", "[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]").expect(200);

        api.get(maps + "/a").expect(404);
    }

    @Test
    void deletesASelectedCollection() {
        for (String name : new String[]{"a", "b", "c"}) {
            api.post(maps, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                    + "\",\"labels\":{\"keep\":\"" + name.equals("c") + "\"}}}").expect(201);
        }

        api.delete(maps + "?labelSelector=keep%3Dfalse").expect(200);

        var left = new ArrayList<String>();
        api.get(maps + "?labelSelector=keep").expect(200).path("items")
                .forEach(item -> left.add(item.path("metadata").path("name").asText()));
        assertThat(left).containsExactly("c");
    }

    @Test
    void putsTheTextsOfASecretIntoItsData() {
        JsonNode secret = api.post(scene.core("secrets"), "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{"
                + "\"name\":\"s\"},\"stringData\":{\"k\":\"v\"}}").expect(201);

        assertThat(secret.path("data").path("k").asText()).isEqualTo("dg==");
        assertThat(secret.has("stringData")).isFalse();
        assertThat(secret.path("type").asText()).isEqualTo("Opaque");
    }

    @Test
    void refusesAnotherTypeForASecret() {
        String secret = "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"s\"},\"type\":\"%s\"}";
        api.post(scene.core("secrets"), secret.formatted("example.dev/a")).expect(201);

        api.put(scene.core("secrets") + "/s", secret.formatted("example.dev/b")).refused(422, "Invalid",
                "field is immutable");
    }

    @Test
    void refusesABodyThatIsNotJson() {
        api.post(maps, "{not json").expect(400);
    }

    @Test
    void refusesABodyOver3MiB() {
        api.post(maps, configMap("a", "{\"k\":\"" + "x".repeat(3 * 1024 * 1024 + 1) + "\"}")).expect(413);
    }

    @Test
    void refusesAnUnknownContentType() {
        api.send("POST", maps, "hello", "text/plain").refused(415, "UnsupportedMediaType", "");
    }

    @Test
    void takesYaml() {
        JsonNode made = api
                .send("POST", maps, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: yam\ndata:\n  k: v\n",
                        "application/yaml")
                .expect(201);

        assertThat(made.path("data").path("k").asText()).isEqualTo("v");
    }

    @Test
    void dropsFieldsThatABuiltInKindDoesNotHave() {
        JsonNode made = api.post(maps, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},"
                + "\"dta\":{\"k\":\"v\"}}").expect(201);

        assertThat(made.has("dta")).isFalse();
    }

    @Test
    void keepsALeaseToTheMicrosecond() {
        JsonNode lease = api.post(scene.in("coordination.k8s.io/v1", "leases"),
                "{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\",\"metadata\":{\"name\":\"l\"},\"spec\":{"
                        + "\"holderIdentity\":\"me\",\"leaseDurationSeconds\":15,"
                        + "\"renewTime\":\"2026-01-02T03:04:05.678901Z\"}}")
                .expect(201);

        assertThat(lease.path("spec").path("renewTime").asText()).isEqualTo("2026-01-02T03:04:05.678901Z");
    }

    @Test
    void showsAnEventInBothGroups() {
        api.post(scene.core("events"),
                "{\"apiVersion\":\"v1\",\"kind\":\"Event\",\"metadata\":{\"name\":\"e\"},\"involvedObject\":{\"kind\":\"Pod\","
                        + "\"name\":\"p\",\"namespace\":\"" + scene.namespace()
                        + "\"},\"reason\":\"Tested\",\"message\":\"hello\",\"type\":\"Normal\"}")
                .expect(201);

        JsonNode event = api.get(scene.in("events.k8s.io/v1", "events") + "/e").expect(200);

        assertThat(event.path("note").asText()).isEqualTo("hello");
        assertThat(event.path("regarding").path("name").asText()).isEqualTo("p");
        assertThat(event.path("apiVersion").asText()).isEqualTo("events.k8s.io/v1");
    }

    @Test
    void showsANewEventAsAnOldOne() {
        api.post(scene.in("events.k8s.io/v1", "events"),
                "{\"apiVersion\":\"events.k8s.io/v1\",\"kind\":\"Event\",\"metadata\":{\"name\":\"e\"},"
                        + "\"eventTime\":\"2026-01-02T03:04:05.678901Z\",\"reportingController\":\"example.dev/test\","
                        + "\"reportingInstance\":\"one\",\"action\":\"Testing\",\"reason\":\"Tested\",\"type\":\"Normal\","
                        + "\"note\":\"hello\",\"regarding\":{\"kind\":\"Pod\",\"name\":\"p\",\"namespace\":\""
                        + scene.namespace() + "\"}}")
                .expect(201);

        JsonNode event = api.get(scene.core("events") + "/e").expect(200);

        assertThat(event.path("message").asText()).isEqualTo("hello");
        assertThat(event.path("reportingComponent").asText()).isEqualTo("example.dev/test");
    }

    private void createHeld(String name) {
        api.post(maps, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\",\"finalizers\":[\"example.dev/hold\"]}}").expect(201);
    }
}
