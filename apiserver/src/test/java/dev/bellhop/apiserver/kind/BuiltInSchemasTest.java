package dev.bellhop.apiserver.kind;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.schema.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BuiltInSchemasTest {

    private static final Path FILE = Path
            .of("src/main/resources/dev/bellhop/apiserver/kind/built-in-schemas.json");

    /// Run with `-Dbellhop.update` to write the file anew.
    @Test
    void theFileIsWhatTheClientsTypesSay() throws IOException {
        ObjectNode generated = new SchemaGenerator()
                .generate(BuiltInKinds.all((_, _) -> Schema.ANYTHING));
        if (Boolean.getBoolean("bellhop.update")) {
            Files.write(FILE, Json.bytes(generated));
        }

        assertThat(Json.read(Files.readAllBytes(FILE))).isEqualTo(generated);
    }

    @Test
    void everyKindHasASchemaAllTheWayDown() {
        var types = BuiltInKinds.all(BuiltInSchemas.load());

        assertThat(types).allSatisfy(type -> assertThat(type.schema().type()).isEqualTo("object"));
        var job = types.stream().filter(type -> type.kind().equals("CronJob")).findFirst().orElseThrow();
        assertThat(job.schema().at("spec").at("jobTemplate").at("spec").at("template").at("spec").at("containers")
                .listKind()).isEqualTo(Schema.ListKind.MAP);
    }
}
