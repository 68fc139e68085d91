package dev.bellhop.engine.bind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The table of paths in `docs/bindings-and-templates.md` is true of the body above it.
class BindingsPageTest {
    private static final Path PAGE = Path.of("../docs/bindings-and-templates.md");
    private static final Pattern ROW = Pattern.compile("\\| (`body.*?`) \\| ([`*])(.*?)[`*] \\|.*");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    static Stream<Arguments> paths() throws IOException {
        return Files.readString(PAGE).lines().map(ROW::matcher).filter(row -> row.matches())
                .flatMap(row -> CODE.matcher(row.group(1)).results()
                        .map(path -> Arguments.of(path.group(1), row.group(2).equals("*"), row.group(3))));
    }

    @ParameterizedTest(name = "{0} → {2}")
    @MethodSource("paths")
    void tellsWhatAPathGives(String path, boolean fails, String expected) throws IOException {
        switch (bind("$(" + path + ")")) {
            case Bindings.Bound.Values(var params) -> {
                assertThat(fails).isFalse();
                assertThat(params.get("p").content()).isEqualTo(expected);
            }
            case Bindings.Bound.Failed(var why) -> {
                assertThat(fails).as(why).isTrue();
                assertThat(why).contains(expected);
            }
        }
    }

    @Test
    void hasAllPaths() throws IOException {
        assertThat(paths()).hasSize(24);
    }

    private static Bindings.Bound bind(String value) throws IOException {
        var page = Files.readString(PAGE);
        int start = page.indexOf("```json\n") + "```json\n".length();
        var body = ((Body.Parsed.Accepted) Body
                .parse(page.substring(start, page.indexOf("```", start)).getBytes(UTF_8))).body();
        var compiled = Bindings.compile(List.of(new SourcedParam("s", "p", value)), List.of());
        return ((Bindings.Compiled.Sound) compiled).bindings().bind(
                new Event(new EventId("e"), Instant.EPOCH, "POST", "/", Headers.NONE, body),
                JsonNodeFactory.instance.objectNode());
    }
}
