package dev.bellhop.plugin.directory;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.spi.source.EventSourceType;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;

/// The source `directory`: an event for each file that appears or changes in a directory of the listener's.
public final class DirectoryType implements EventSourceType {
    @Override
    public String name() {
        return "directory";
    }

    @Override
    public String description() {
        return "An event for each file that appears or changes in a directory that the listener sees.";
    }

    @Override
    public JsonNode schema() {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putArray("required").add("path");
        schema.putObject("properties").putObject("path").put("type", "string")
                .put("description", "The directory: an absolute path. Files in directories below it do not count.");
        return schema;
    }

    @Override
    public List<String> problems(JsonNode spec) {
        var path = spec.path("path").asText();
        try {
            return Path.of(path).isAbsolute()
                    ? List.of()
                    : List.of("path '" + path + "' must be absolute, such as /data/inbox");
        } catch (InvalidPathException e) {
            return List.of("path '" + path + "' is no path: " + e.getReason());
        }
    }

    @Override
    public RunningSource start(JsonNode spec, SourceContext context) {
        var source = new DirectorySource(Path.of(spec.path("path").asText()), context);
        source.start();
        return source;
    }
}
