package dev.bellhop.apiserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.ApiServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Listing by selector, in pages and in other shapes.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ListsIT {

    private final Scene scene;
    private final Api api;
    private final String maps;

    ListsIT(ApiServer server) {
        this.scene = Scene.on(server);
        this.api = scene.api();
        this.maps = scene.core("configmaps");
    }

    @BeforeEach
    void createThree() {
        create("a", "{\"app\":\"x\",\"tier\":\"one\"}");
        create("b", "{\"app\":\"y\",\"tier\":\"one\"}");
        create("c", "{\"app\":\"z\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app=x                   | a
            app==x                  | a
            app!=x,app              | b c
            app in (x,y)            | a b
            app,app notin (x,y)     | c
            app,tier                | a b
            app,!tier               | c
            tier=one,app!=y         | a
            """)
    void selectsByLabels(String selector, String expected) {
        assertThat(names(maps + "?labelSelector=" + Api.encoded(selector))).containsExactly(expected.split(" "));
    }

    @Test
    void refusesALabelSelectorThatIsNone() {
        api.get(maps + "?labelSelector=" + Api.encoded("a in x")).expect(400);
    }

    @Test
    void selectsByName() {
        assertThat(names(maps + "?fieldSelector=metadata.name%3Db")).containsExactly("b");
    }

    @Test
    void selectsByNotThisName() {
        assertThat(names(maps + "?labelSelector=app&fieldSelector=metadata.name!%3Db")).containsExactly("a", "c");
    }

    @Test
    void selectsEventsByTheirObject() {
        for (String pod : List.of("p", "q")) {
            api.post(scene.core("events"),
                    "{\"apiVersion\":\"v1\",\"kind\":\"Event\",\"metadata\":{\"name\":\"" + pod
                            + "\"},\"involvedObject\":{\"kind\":\"Pod\",\"name\":\"" + pod + "\",\"namespace\":\""
                            + scene.namespace() + "\"},\"type\":\"Normal\"}")
                    .expect(201);
        }

        assertThat(names(scene.core("events") + "?fieldSelector=involvedObject.name%3Dq,type%3DNormal"))
                .containsExactly("q");
    }

    @Test
    void refusesAFieldSelectorOfAnUnknownField() {
        api.get(maps + "?fieldSelector=data.k%3Dv").refused(400, "BadRequest",
                "\"data.k\" is not a known field selector");
    }

    @Test
    void namesTheListAndItsRevision() {
        JsonNode list = api.get(maps).expect(200);

        assertThat(list.path("kind").asText()).isEqualTo("ConfigMapList");
        assertThat(list.path("apiVersion").asText()).isEqualTo("v1");
        assertThat(list.path("metadata").path("resourceVersion").asText()).matches("\\d+");
    }

    @Test
    void listsInPages() {
        JsonNode first = api.get(maps + "?labelSelector=app&limit=2").expect(200);
        String token = first.path("metadata").path("continue").asText();
        JsonNode second = api.get(maps + "?labelSelector=app&limit=2&continue=" + Api.encoded(token)).expect(200);

        assertThat(names(first)).containsExactly("a", "b");
        assertThat(names(second)).containsExactly("c");
        assertThat(second.path("metadata").path("continue").asText("")).isEmpty();
    }

    @Test
    void tellsHowManyPagesAreLeft() {
        JsonNode first = api.get(scene.widgets() + "?limit=1").expect(200);
        assertThat(first.path("items")).isEmpty();
        for (String name : List.of("a", "b", "c")) {
            api.post(scene.widgets(), Scene.widget(name, "{\"size\":1}")).expect(201);
        }

        JsonNode page = api.get(scene.widgets() + "?limit=1").expect(200);

        assertThat(page.path("metadata").path("remainingItemCount").asInt()).isEqualTo(2);
    }

    @Test
    void refusesAContinueTokenThatIsNone() {
        api.get(maps + "?limit=1&continue=nonsense").expect(400);
    }

    @Test
    void listsAllNamespaces() {
        assertThat(names("/api/v1/configmaps?fieldSelector=metadata.namespace%3D" + scene.namespace()
                + "&labelSelector=app")).containsExactly("a", "b", "c");
    }

    @Test
    void showsATable() {
        JsonNode table = api.withHeader("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
                .get(maps + "?labelSelector=app").expect(200);

        assertThat(table.path("kind").asText()).isEqualTo("Table");
        var columns = new ArrayList<String>();
        table.path("columnDefinitions").forEach(column -> columns.add(column.path("name").asText()));
        assertThat(columns).containsExactly("Name", "Data", "Age");
        assertThat(table.path("rows").get(0).path("cells").get(0).asText()).isEqualTo("a");
        assertThat(table.path("rows").get(0).path("object").path("kind").asText()).isEqualTo("PartialObjectMetadata");
    }

    @Test
    void showsTheMetadataAlone() {
        JsonNode list = api
                .withHeader("Accept",
                        "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io,application/json")
                .get(maps + "?labelSelector=app").expect(200);

        assertThat(list.path("kind").asText()).isEqualTo("PartialObjectMetadataList");
        assertThat(list.path("items").get(0).path("metadata").path("name").asText()).isEqualTo("a");
        assertThat(list.path("items").get(0).has("data")).isFalse();
    }

    @Test
    void refusesToShowWhatItCannot() {
        api.withHeader("Accept", "image/png").get(maps).expect(406);
    }

    private void create(String name, String labels) {
        api.post(maps,
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\",\"labels\":"
                        + labels + "},\"data\":{\"k\":\"v\"}}");
    }

    private List<String> names(String path) {
        return names(api.get(path).expect(200));
    }

    private static List<String> names(JsonNode list) {
        var names = new ArrayList<String>();
        list.path("items").forEach(item -> names.add(item.path("metadata").path("name").asText()));
        return names;
    }
}
