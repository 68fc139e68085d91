package dev.bellhop.plugin.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.spi.source.EventSourceType;
import dev.bellhop.spi.source.SourceContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest implements SourceContract {
    @TempDir
    Path directory;

    @Override
    public EventSourceType type() {
        return new DirectoryType();
    }

    @Override
    public JsonNode soundSpec() {
        return JsonNodeFactory.instance.objectNode().put("path", directory.toString());
    }

    @Override
    public JsonNode brokenSpec() {
        return JsonNodeFactory.instance.objectNode().put("path", "inbox");
    }

    @Override
    public void happen(int number) throws IOException {
        Files.writeString(directory.resolve("file-" + number + ".json"), "{\"number\": " + number + "}");
    }

    @Test
    void isFoundOnTheClassPath() {
        assertThat(ServiceLoader.load(EventSourceType.class)).singleElement().isInstanceOf(DirectoryType.class);
    }
}
