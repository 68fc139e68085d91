package dev.bellhop.apiserver.kind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/// The schemas of built-in kinds: a resource file, generated from the types of the Kubernetes client and compared with
/// them by a test.
public final class BuiltInSchemas {

    /// How one definition refers to another, in OpenAPI's words.
    public static final String REFERENCE = "#/components/schemas/";

    private static final String FILE = "built-in-schemas.json";

    private BuiltInSchemas() {}

    /// Finds the schema of a built-in kind by API version and kind.
    public static BiFunction<String, String, Schema> load() {
        ObjectNode file = Definitions.FILE_CONTENT;
        var definitions = new HashMap<String, Schema>();
        return (apiVersion, kind) -> {
            String name = file.path("kinds").path(apiVersion + "/" + kind).asText();
            if (name.isEmpty()) {
                throw new IllegalStateException("No schema for " + apiVersion + "/" + kind + " in " + FILE);
            }
            return definition(name, file, definitions);
        };
    }

    /// The definition that a reference names, as it is written.
    public static ObjectNode definition(String name) {
        return (ObjectNode) Definitions.FILE_CONTENT.path("definitions").path(name);
    }

    /// Read once, when somebody first asks.
    private static final class Definitions {
        private static final ObjectNode FILE_CONTENT = read();
    }

    private static Schema definition(String name, ObjectNode file, Map<String, Schema> definitions) {
        Schema known = definitions.get(name);
        if (known != null) {
            return known;
        }
        Schema read = Schema.parse((ObjectNode) file.path("definitions").path(name),
                reference -> definition(reference.substring(REFERENCE.length()), file, definitions));
        definitions.put(name, read);
        return read;
    }

    private static ObjectNode read() {
        try (InputStream in = BuiltInSchemas.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing from the jar");
            }
            return (ObjectNode) Json.read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("Reading " + FILE, e);
        }
    }
}
