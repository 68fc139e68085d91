package dev.bellhop.apiserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.ApiServer;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Server-side apply.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ApplyIT {

    private final Scene scene;
    private final Api api;
    private final String map;
    private final String widget;

    ApplyIT(ApiServer server) {
        this.scene = Scene.on(server);
        this.api = scene.api();
        this.map = scene.core("configmaps") + "/a";
        this.widget = scene.widgets() + "/w";
    }

    @Test
    void createsWhatIsNotThere() {
        JsonNode made = api.apply(map, "one", false, data("{k: v}")).expect(201);

        assertThat(made.path("data").path("k").asText()).isEqualTo("v");
    }

    @Test
    void changesNothingTheSecondTime() {
        JsonNode first = api.apply(map, "one", false, data("{k: v}")).expect(201);

        JsonNode second = api.apply(map, "one", false, data("{k: v}")).expect(200);

        assertThat(second.path("metadata").path("resourceVersion"))
                .isEqualTo(first.path("metadata").path("resourceVersion"));
    }

    @Test
    void removesWhatItSaidBeforeAndSaysNoMore() {
        api.apply(map, "one", false, data("{k: v, gone: x}")).expect(201);

        JsonNode applied = api.apply(map, "one", false, data("{k: v}")).expect(200);

        assertThat(applied.path("data")).hasToString("{\"k\":\"v\"}");
    }

    @Test
    void leavesAloneWhatOthersSaid() {
        api.apply(map, "one", false, data("{k: v}")).expect(201);

        JsonNode applied = api.apply(map, "two", false, data("{other: x}")).expect(200);

        assertThat(applied.path("data")).hasToString("{\"k\":\"v\",\"other\":\"x\"}");
    }

    @Test
    void refusesWhatAnotherManagerSaysDifferently() {
        api.apply(map, "one", false, data("{k: v}")).expect(201);

        Api.Answer answer = api.apply(map, "two", false, data("{k: other}"));

        answer.refused(409, "Conflict", "Apply failed with 1 conflict: conflict with \"one\"");
        assertThat(answer.body().path("message").asText()).endsWith(": .data.k");
        assertThat(answer.body().path("details").path("causes").get(0).path("reason").asText())
                .isEqualTo("FieldManagerConflict");
        assertThat(answer.body().path("details").path("causes").get(0).path("field").asText()).isEqualTo(".data.k");
    }

    @Test
    void refusesWhatAnUpdateSetDifferently() {
        api.post(scene.core("configmaps") + "?fieldManager=creator", Scene.configMap("a", "{\"k\":\"v\"}")).expect(201);

        api.apply(map, "two", false, data("{k: other}")).refused(409, "Conflict", "conflict with \"creator\" using v1");
    }

    @Test
    void takesOverByForce() {
        api.apply(map, "one", false, data("{k: v}")).expect(201);
        api.apply(map, "two", true, data("{k: other}")).expect(200);

        // The first has lost the field, so leaving it out removes nothing.
        JsonNode applied = api.apply(map, "one", false, data("{}")).expect(200);

        assertThat(applied.path("data").path("k").asText()).isEqualTo("other");
    }

    @Test
    void sharesWhatBothSayAlike() {
        api.apply(map, "one", false, data("{k: v}")).expect(201);
        api.apply(map, "two", false, data("{k: v}")).expect(200);

        JsonNode applied = api.apply(map, "one", false, data("{}")).expect(200);

        assertThat(applied.path("data").path("k").asText()).isEqualTo("v");
    }

    @Test
    void refusesAnApplyWithoutAManager() {
        api.send("PATCH", map, data("{k: v}"), "application/apply-patch+yaml").refused(422, "Invalid",
                "fieldManager: Required value");
    }

    @Test
    void aDryRunAppliesNothing() {
        api.send("PATCH", map + "?fieldManager=one&dryRun=All", data("{k: v}"), "application/apply-patch+yaml")
                .expect(201);

        api.get(map).expect(404);
    }

    @Test
    void managersOwnElementsOfAKeyedList() {
        String deployment = scene.in("apps/v1", "deployments") + "/d";
        api.apply(deployment, "one", false, deployment("{name: a, image: a}, {name: b, image: b}")).expect(201);
        api.apply(deployment, "two", false, deployment("{name: c, image: c}")).expect(200);

        JsonNode applied = api.apply(deployment, "one", false, deployment("{name: a, image: a}")).expect(200);

        assertThat(applied.at("/spec/template/spec/containers").findValuesAsText("name")).containsExactly("a", "c");
    }

    @Test
    void replacesAListWithoutAKeyWhole() {
        api.apply(widget, "one", false, widget("{size: 1, tags: [a, b]}")).expect(201);

        JsonNode applied = api.apply(widget, "one", false, widget("{size: 1, tags: [c]}")).expect(200);

        assertThat(applied.path("spec").path("tags")).hasToString("[\"c\"]");
    }

    @Test
    void appliesTheStatusByItself() {
        api.apply(widget, "one", false, widget("{size: 1}")).expect(201);

        JsonNode applied = api.apply(widget + "/status", "controller", false, """
                apiVersion: conformance.example.dev/v1
                kind: Widget
                metadata: {name: w}
                status: {phase: Done, conditions: [{type: Ready, status: "True"}]}
                """).expect(200);

        assertThat(applied.path("status").path("phase").asText()).isEqualTo("Done");
        assertThat(applied.path("spec").path("size").asInt()).isEqualTo(1);
        assertThat(applied.path("metadata").path("generation").asInt()).isEqualTo(1);
    }

    @Test
    void keepsTheStatusWhenTheSpecIsApplied() {
        api.apply(widget, "one", false, widget("{size: 1}")).expect(201);
        api.mergePatch(widget + "/status", "{\"status\":{\"phase\":\"Done\"}}").expect(200);

        JsonNode applied = api.apply(widget, "one", false, widget("{size: 2}")).expect(200);

        assertThat(applied.path("status").path("phase").asText()).isEqualTo("Done");
    }

    @Test
    void booksWhoOwnsWhat() {
        api.apply(map, "one", false, data("{k: v}")).expect(201);
        api.mergePatch(map + "?fieldManager=two", "{\"data\":{\"new\":\"x\"}}").expect(200);

        var books = new ArrayList<String>();
        api.get(map).expect(200).path("metadata").path("managedFields")
                .forEach(
                        entry -> books.add(entry.path("manager").asText() + " " + entry.path("operation").asText() + " "
                                + entry.path("fieldsV1").path("f:data")));

        assertThat(books).containsExactlyInAnyOrder("one Apply {\"f:k\":{}}", "two Update {\"f:new\":{}}");
    }

    @Test
    void refusesAnApplyThatBreaksTheSchema() {
        api.apply(widget, "one", false, widget("{size: 1000}")).refused(422, "Invalid", "spec.size");
    }

    @Test
    void refusesAnApplyToAnOlderVersion() {
        String old = api.apply(map, "one", false, data("{k: v}")).expect(201).path("metadata").path("resourceVersion")
                .asText();
        api.apply(map, "one", false, data("{k: w}")).expect(200);

        api.apply(map, "one", false, """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, resourceVersion: "%s"}
                data: {k: x}
                """.formatted(old)).refused(409, "Conflict", "the object has been modified");
    }

    private static String data(String data) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: " + data + "\n";
    }

    private static String widget(String spec) {
        return "apiVersion: conformance.example.dev/v1\nkind: Widget\nmetadata: {name: w}\nspec: " + spec + "\n";
    }

    private static String deployment(String containers) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: d}}
                  template:
                    metadata: {labels: {app: d}}
                    spec: {containers: [%s]}
                """.formatted(containers);
    }
}
