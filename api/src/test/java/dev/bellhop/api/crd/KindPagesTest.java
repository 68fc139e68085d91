package dev.bellhop.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.Bellhop;
import dev.bellhop.api.ObjectReader;
import dev.bellhop.api.ObjectReader.Read;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KindPagesTest {
    private static final Pattern YAML_BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final YAMLMapper YAML = new YAMLMapper();

    static Stream<Class<? extends CustomResource<?, ?>>> kinds() {
        return Definitions.KINDS.stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void thePageListsEveryField(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        page(kind).holdsSection("fields", FieldTable.of(Definitions.schema(Definitions.of(kind))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theExamplesOfThePageHaveNoUnknownField(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        var blocks = YAML_BLOCK.matcher(page(kind).content()).results().map(block -> block.group(1)).toList();

        assertThat(blocks).isNotEmpty();
        for (var block : blocks) {
            for (var object : documents(block)) {
                if (object.path("apiVersion").asText().equals(Bellhop.API_VERSION)) {
                    assertThat(problems(ObjectReader.read(object, kindOf(object)))).as("%s", object).isEmpty();
                }
            }
        }
    }

    private static List<String> problems(Read<?> read) {
        return switch (read) {
            case Read.Understood<?> understood -> understood.unknownFields();
            case Read.Unreadable<?>(var why) -> List.of(why);
        };
    }

    private static GeneratedFile page(Class<? extends CustomResource<?, ?>> kind) {
        return GeneratedFile.inProject("docs/kinds/" + HasMetadata.getKind(kind).toLowerCase(Locale.ROOT) + ".md");
    }

    private static List<JsonNode> documents(String yaml) throws IOException {
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return documents.readAll();
        }
    }

    private static Class<? extends CustomResource<?, ?>> kindOf(JsonNode object) {
        return kinds().filter(kind -> HasMetadata.getKind(kind).equals(object.path("kind").asText())).findFirst()
                .orElseThrow(() -> new AssertionError("no such kind: " + object));
    }
}
