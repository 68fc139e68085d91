package dev.bellhop.apiserver.conformance;

import static dev.bellhop.apiserver.conformance.Scene.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.EmbeddedApiServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a cluster's controller-manager does and a bare API server does not: garbage collection and the end of
/// namespaces. And what only newer servers have: strict fields.
class EmbeddedOnlyIT {

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedApiServer server;

    private final Scene scene = Scene.on(server);
    private final Api api = scene.api();
    private final String maps = scene.core("configmaps");

    @BeforeAll
    static void start() {
        server = EmbeddedApiServer.start(0);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void ownedObjectsGoWithTheirOwner() {
        String owner = create("owner");
        createOwned("owned", "owner", owner);
        createOwned("owned-by-owned", "owned", uid("owned"));

        api.delete(maps + "/owner").expect(200);

        eventually(404, maps + "/owned");
        eventually(404, maps + "/owned-by-owned");
    }

    @Test
    void anObjectStaysWhileOneOfItsOwnersLives() {
        String first = create("first");
        String second = create("second");
        api.post(maps, configMap("owned", "{}").replace("\"name\":\"owned\"",
                "\"name\":\"owned\",\"ownerReferences\":[" + reference("first", first) + ","
                        + reference("second", second)
                        + "]"))
                .expect(201);

        api.delete(maps + "/first").expect(200);
        create("later");
        api.get(maps + "/owned").expect(200);

        api.delete(maps + "/second").expect(200);
        eventually(404, maps + "/owned");
    }

    @Test
    void anObjectWhoseOwnerNeverLivedGoes() {
        createOwned("owned", "nobody", "00000000-0000-0000-0000-000000000000");

        eventually(404, maps + "/owned");
    }

    @Test
    void orphansStayAndForgetTheirOwner() {
        createOwned("owned", "owner", create("owner"));

        api.delete(maps + "/owner?propagationPolicy=Orphan").expect(200);

        eventually(404, maps + "/owner");
        JsonNode owned = api.get(maps + "/owned").expect(200);
        assertThat(owned.path("metadata").has("ownerReferences")).isFalse();
    }

    @Test
    void anOwnerInTheForegroundWaitsForWhatItOwns() {
        String owner = create("owner");
        api.post(maps, configMap("owned", "{}").replace("\"name\":\"owned\"",
                "\"name\":\"owned\",\"finalizers\":[\"example.dev/hold\"],\"ownerReferences\":["
                        + reference("owner", owner) + "]"))
                .expect(201);

        api.delete(maps + "/owner?propagationPolicy=Foreground").expect(200);
        await().until(
                () -> !api.get(maps + "/owned").body().path("metadata").path("deletionTimestamp").isMissingNode());
        api.get(maps + "/owner").expect(200);
        api.jsonPatch(maps + "/owned", "[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]").expect(200);

        eventually(404, maps + "/owner");
    }

    @Test
    void aNamespaceTakesItsContentAlong() {
        create("a");
        api.post(scene.widgets(), Scene.widget("w", "{\"size\":1}")).expect(201);

        JsonNode ending = api.delete("/api/v1/namespaces/" + scene.namespace()).expect(200);

        assertThat(ending.path("status").path("phase").asText()).isEqualTo("Terminating");
        eventually(404, "/api/v1/namespaces/" + scene.namespace());
        assertThat(api.get(maps).expect(200).path("items")).isEmpty();
    }

    @Test
    void anEndingNamespaceTakesNothingNew() {
        api.post(maps, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"held\",\"finalizers\":["
                + "\"example.dev/hold\"]}}").expect(201);
        api.delete("/api/v1/namespaces/" + scene.namespace()).expect(200);

        api.post(maps, configMap("late", "{}")).refused(403, "Forbidden", "because it is being terminated");

        api.jsonPatch(maps + "/held", "[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]").expect(200);
        eventually(404, "/api/v1/namespaces/" + scene.namespace());
    }

    @Test
    void refusesUnknownFieldsWhenAskedTo() {
        api.post(scene.widgets() + "?fieldValidation=Strict", Scene.widget("w", "{\"size\":1,\"sice\":2}")).refused(400,
                "BadRequest", "strict decoding error: unknown field \"spec.sice\"");
        api.post(maps + "?fieldValidation=Strict", configMap("a", "{}").replace("\"data\"", "\"dta\"")).refused(400,
                "BadRequest", "unknown field \"dta\"");
    }

    @Test
    void managersOwnElementsOfACustomKeyedList() {
        String widget = "apiVersion: conformance.example.dev/v1\nkind: Widget\nmetadata: {name: w}\nspec: {size: 1%s}\n";
        String path = scene.widgets() + "/w";
        api.apply(path, "one", false, widget.formatted(", parts: [{name: a}]")).expect(201);
        api.apply(path, "two", false, widget.formatted(", parts: [{name: b, count: 2}]")).expect(200);

        JsonNode applied = api.apply(path, "one", false, widget.formatted("")).expect(200);

        assertThat(applied.path("spec").path("parts").findValuesAsText("name")).containsExactly("b");
    }

    @Test
    void watchesThatFellTooFarBehindHearThatTheyAreGone() {
        String from = api.get(maps).expect(200).path("metadata").path("resourceVersion").asText();
        create("churned");
        for (int i = 0; i < 4200; i++) {
            api.mergePatch(maps + "/churned", "{\"data\":{\"k\":\"" + i + "\"}}").expect(200);
        }

        JsonNode event = api.watch(maps + "?watch=true&resourceVersion=" + from).getFirst();

        assertThat(event.path("type").asText()).isEqualTo("ERROR");
        assertThat(event.path("object").path("code").asInt()).isEqualTo(410);
    }

    private String create(String name) {
        return api.post(maps, configMap(name, "{}")).expect(201).path("metadata").path("uid").asText();
    }

    private void createOwned(String name, String owner, String uid) {
        api.post(maps, configMap(name, "{}").replace("\"name\":\"" + name + "\"",
                "\"name\":\"" + name + "\",\"ownerReferences\":[" + reference(owner, uid) + "]")).expect(201);
    }

    private static String reference(String name, String uid) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"" + name + "\",\"uid\":\"" + uid + "\"}";
    }

    private String uid(String name) {
        return api.get(maps + "/" + name).expect(200).path("metadata").path("uid").asText();
    }

    private void eventually(int code, String path) {
        await().atMost(Duration.ofSeconds(10)).until(() -> api.get(path).code() == code);
    }
}
