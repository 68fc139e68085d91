package dev.bellhop.apiserver.conformance;

import static dev.bellhop.apiserver.conformance.Scene.widget;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.ApiServer;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Kinds that a CustomResourceDefinition defines: schema, defaults, pruning, status, versions, columns.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class CustomKindsIT {

    private final Scene scene;
    private final Api api;
    private final String widgets;

    CustomKindsIT(ApiServer server) {
        this.scene = Scene.on(server);
        this.api = scene.api();
        this.widgets = scene.widgets();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a missing field         | {}                                          | spec.size: Required value
            a wrong type            | {"size":"big"}                              | spec.size in body must be of type integer
            a value not listed      | {"size":1,"color":"blue"}                   | spec.color: Unsupported value: "blue"
            a text off the pattern  | {"size":1,"code":"ABC"}                     | spec.code in body should match '^[a-z]+$'
            a number too small      | {"size":0}                                  | spec.size in body should be greater than or equal to 1
            a number too big        | {"size":101}                                | spec.size in body should be less than or equal to 100
            a text too long         | {"size":1,"code":"abcdef"}                  | spec.code
            a list too long         | {"size":1,"tags":["a","b","c"]}             | spec.tags
            a wrong type in a list  | {"size":1,"tags":[1]}                       | spec.tags
            a wrong type in a map   | {"size":1,"limits":{"a":"b"}}               | spec.limits.a
            neither int nor string  | {"size":1,"port":true}                      | spec.port
            a missing list key      | {"size":1,"parts":[{"count":1}]}            | spec.parts
            the same list key twice | {"size":1,"parts":[{"name":"a"},{"name":"a"}]} | spec.parts[1]: Duplicate value
            no kind in an object    | {"size":1,"template":{"a":1}}               | spec.template
            """)
    void refuses(String what, String spec, String message) {
        Api.Answer answer = api.post(widgets, widget("w", spec));

        assertThat(answer.code()).as(what).isEqualTo(422);
        answer.refused(422, "Invalid", message);
        assertThat(answer.body().path("message").asText())
                .startsWith("Widget.conformance.example.dev \"w\" is invalid: ");
    }

    @Test
    void tellsAllProblemsTogether() {
        Api.Answer answer = api.post(widgets, widget("w", "{\"size\":0,\"code\":\"ABC\"}"));

        assertThat(answer.body().path("details").path("causes")).hasSize(2);
    }

    @Test
    void fillsDefaults() {
        JsonNode made = api.post(widgets, widget("w", "{\"size\":1,\"parts\":[{\"name\":\"a\"}]}")).expect(201);

        assertThat(made.path("spec").path("color").asText()).isEqualTo("red");
        assertThat(made.path("spec").path("parts").get(0).path("count").asInt()).isEqualTo(1);
    }

    @Test
    void dropsFieldsThatTheSchemaDoesNotName() {
        JsonNode made = api.post(widgets, widget("w", "{\"size\":1,\"sice\":2}")).expect(201);

        assertThat(made.path("spec").has("sice")).isFalse();
    }

    @Test
    void keepsUnknownFieldsWhereTheSchemaSaysSo() {
        JsonNode made = api.post(widgets, widget("w", "{\"size\":1,\"free\":{\"any\":{\"thing\":[1,\"2\"]}}}"))
                .expect(201);

        assertThat(made.path("spec").path("free").path("any")).hasToString("{\"thing\":[1,\"2\"]}");
    }

    @Test
    void keepsAnEmbeddedObject() {
        JsonNode made = api.post(widgets, widget("w",
                "{\"size\":1,\"template\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{\"x\":1}}}"))
                .expect(201);

        assertThat(made.path("spec").path("template").path("spec").path("x").asInt()).isEqualTo(1);
    }

    @Test
    void takesIntegerAndStringWhereEitherMayBe() {
        JsonNode number = api.post(widgets, widget("w1", "{\"size\":1,\"port\":80}")).expect(201);
        JsonNode text = api.post(widgets, widget("w2", "{\"size\":1,\"port\":\"http\"}")).expect(201);

        assertThat(number.path("spec").path("port").isInt()).isTrue();
        assertThat(text.path("spec").path("port").asText()).isEqualTo("http");
    }

    @Test
    void dropsTheStatusOfANewObject() {
        JsonNode made = api
                .post(widgets, "{\"apiVersion\":\"conformance.example.dev/v1\",\"kind\":\"Widget\",\"metadata\":{"
                        + "\"name\":\"w\"},\"spec\":{\"size\":1},\"status\":{\"phase\":\"Done\"}}")
                .expect(201);

        assertThat(made.has("status")).isFalse();
    }

    @Test
    void writesTheStatusOnlyThroughItsSubresource() {
        api.post(widgets, widget("w", "{\"size\":1}")).expect(201);
        api.mergePatch(widgets + "/w", "{\"status\":{\"phase\":\"No\"}}").expect(200);
        assertThat(api.get(widgets + "/w").expect(200).has("status")).isFalse();

        JsonNode patched = api
                .mergePatch(widgets + "/w/status", "{\"spec\":{\"size\":9},\"status\":{\"phase\":\"Done\"}}")
                .expect(200);

        assertThat(patched.path("status").path("phase").asText()).isEqualTo("Done");
        assertThat(patched.path("spec").path("size").asInt()).isEqualTo(1);
    }

    @Test
    void replacesTheStatus() {
        JsonNode made = api.post(widgets, widget("w", "{\"size\":1}")).expect(201);
        ((com.fasterxml.jackson.databind.node.ObjectNode) made).putObject("status").put("phase", "Done");

        JsonNode replaced = api.put(widgets + "/w/status", made.toString()).expect(200);

        assertThat(replaced.path("status").path("phase").asText()).isEqualTo("Done");
    }

    @Test
    void countsChangesOfTheSpecAndOfNothingElse() {
        api.post(widgets, widget("w", "{\"size\":1}")).expect(201);
        api.mergePatch(widgets + "/w", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}").expect(200);
        api.mergePatch(widgets + "/w/status", "{\"status\":{\"phase\":\"Done\"}}").expect(200);
        assertThat(generation()).isEqualTo(1);

        api.mergePatch(widgets + "/w", "{\"spec\":{\"size\":2}}").expect(200);

        assertThat(generation()).isEqualTo(2);
    }

    @Test
    void servesAnObjectInEveryVersion() {
        api.post(widgets, widget("w", "{\"size\":1}")).expect(201);

        JsonNode read = api.get(scene.in("conformance.example.dev/v1alpha1", "widgets") + "/w").expect(200);

        assertThat(read.path("apiVersion").asText()).isEqualTo("conformance.example.dev/v1alpha1");
        assertThat(read.path("spec").path("size").asInt()).isEqualTo(1);
    }

    @Test
    void showsTheColumnsThatTheDefinitionAsksFor() {
        api.post(widgets, widget("w", "{\"size\":7}")).expect(201);
        api.mergePatch(widgets + "/w/status",
                "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}")
                .expect(200);

        JsonNode table = api.withHeader("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io").get(widgets)
                .expect(200);

        var columns = new ArrayList<String>();
        table.path("columnDefinitions").forEach(column -> columns.add(column.path("name").asText()));
        assertThat(columns).containsExactly("Name", "Size", "Ready", "Age");
        JsonNode cells = table.path("rows").get(0).path("cells");
        assertThat(cells.get(0).asText()).isEqualTo("w");
        assertThat(cells.get(1).asInt()).isEqualTo(7);
        assertThat(cells.get(2).asText()).isEqualTo("True");
        assertThat(cells.get(3).asText()).matches("\\d+s");
    }

    @Test
    void findsTheKindInDiscovery() {
        JsonNode resources = api.get("/apis/conformance.example.dev/v1").expect(200).path("resources");

        JsonNode found = resources.get(0);
        assertThat(found.path("name").asText()).isEqualTo("widgets");
        assertThat(found.path("singularName").asText()).isEqualTo("widget");
        assertThat(found.path("shortNames")).hasToString("[\"wd\"]");
        assertThat(found.path("categories")).hasToString("[\"all\"]");
        assertThat(resources.get(1).path("name").asText()).isEqualTo("widgets/status");
    }

    @Test
    void establishesADefinition() {
        JsonNode definition = api
                .get("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.conformance.example.dev")
                .expect(200);

        assertThat(definition.path("status").path("storedVersions")).hasToString("[\"v1\"]");
        assertThat(definition.path("status").path("acceptedNames").path("listKind").asText()).isEqualTo("WidgetList");
        assertThat(definition.path("status").path("conditions").findValuesAsText("type"))
                .contains("NamesAccepted", "Established");
    }

    @Test
    void refusesADefinitionWhoseNameIsNotItsPlural() {
        api.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                "{\"apiVersion\":\"apiextensions.k8s.io/v1\",\"kind\":\"CustomResourceDefinition\",\"metadata\":{"
                        + "\"name\":\"wrong.example.dev\"},\"spec\":{\"group\":\"example.dev\",\"scope\":\"Cluster\",\"names\":{"
                        + "\"kind\":\"Gadget\",\"plural\":\"gadgets\"},\"versions\":[{\"name\":\"v1\",\"served\":true,"
                        + "\"storage\":true,\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\"}}}]}}")
                .refused(422, "Invalid", "must be spec.names.plural+\".\"+spec.group");
    }

    @Test
    void refusesADefinitionWithoutASchema() {
        api.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                "{\"apiVersion\":\"apiextensions.k8s.io/v1\",\"kind\":\"CustomResourceDefinition\",\"metadata\":{"
                        + "\"name\":\"gadgets.example.dev\"},\"spec\":{\"group\":\"example.dev\",\"scope\":\"Cluster\","
                        + "\"names\":{\"kind\":\"Gadget\",\"plural\":\"gadgets\"},\"versions\":[{\"name\":\"v1\","
                        + "\"served\":true,\"storage\":true}]}}")
                .refused(422, "Invalid", "schemas are required");
    }

    @Test
    void endsAKindWithItsDefinition() {
        String plural = "gadget" + scene.namespace().replace("-", "") + "s";
        String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
        api.post(definitions, "{\"apiVersion\":\"apiextensions.k8s.io/v1\",\"kind\":\"CustomResourceDefinition\","
                + "\"metadata\":{\"name\":\"" + plural
                + ".example.dev\"},\"spec\":{\"group\":\"example.dev\",\"scope\":\"Cluster\","
                + "\"names\":{\"kind\":\"" + plural + "\",\"plural\":\"" + plural
                + "\"},\"versions\":[{\"name\":\"v1\","
                + "\"served\":true,\"storage\":true,\"schema\":{\"openAPIV3Schema\":{\"type\":\"object\"}}}]}}")
                .expect(201);
        eventually(200, "/apis/example.dev/v1/" + plural);
        api.post("/apis/example.dev/v1/" + plural, "{\"apiVersion\":\"example.dev/v1\",\"kind\":\"" + plural
                + "\",\"metadata\":{\"name\":\"one\"}}").expect(201);

        api.delete(definitions + "/" + plural + ".example.dev").expect(200);

        eventually(404, definitions + "/" + plural + ".example.dev");
        eventually(404, "/apis/example.dev/v1/" + plural);
    }

    private void eventually(int code, String path) {
        org.awaitility.Awaitility.await().atMost(java.time.Duration.ofSeconds(20))
                .until(() -> api.get(path).code() == code);
    }

    private int generation() {
        return api.get(widgets + "/w").expect(200).path("metadata").path("generation").asInt();
    }
}
