package dev.bellhop.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.bellhop.cli.Run;
import dev.bellhop.cli.plugin.TickingPlugin.Flaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private Run check(String url) throws IOException {
        var token = Files.writeString(folder.resolve("token"), TickingPlugin.TOKEN + "\n");
        return Run.of("plugin", "check", url, "--token-file", token.toString(), "--spec", "{\"ticks\": true}",
                "--broken-spec", "{}", "--patience", "PT2S", "--quiet-time", "PT0.2S");
    }

    @Test
    void findsNothingWrongWithAGoodPlugin() throws IOException {
        try (var plugin = new TickingPlugin(Flaw.NONE)) {
            var run = check(plugin.url());
            assertThat(run.out()).doesNotContain("FAILED");
            assertThat(run.out().lines()).hasSize(7).allMatch(line -> line.startsWith("ok "));
            assertThat(run.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TAKES_ANY_TOKEN       | refuses who does not know the token        | answered 200
            TAKES_ANY_SPEC        | says what is wrong with a spec             | answered 200
            REFUSES_ALL           | takes an EventSource                       | ticks must be true
            SHOWS_NO_TOKEN        | posts an event                             | without Authorization: Bearer
            POSTS_NO_CLOUD_EVENTS | posts an event                             | no CloudEvent
            IS_SILENT             | posts an event                             | no event came within 2 s
            GIVES_UP              | posts it again                             | no event came again
            TAKES_ANOTHER_ID      | posts it again                             | no event came again
            REPEATS               | posts it no more once the answer was 202   | was posted again
            IGNORES_DELETE        | posts nothing more after DELETE            | still posting
            """)
    void findsTheFlaw(Flaw flaw, String what, String why) throws IOException {
        try (var plugin = new TickingPlugin(flaw)) {
            var run = check(plugin.url());
            assertThat(run.out().lines().filter(line -> line.startsWith("FAILED"))).singleElement().asString()
                    .contains(what);
            assertThat(run.out()).contains(why);
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void tellsWhatIsWrongWithItsOptions() throws IOException {
        assertThat(check("ftp://a").err()).contains("must be http or https");
        assertThat(Run.of("plugin", "check", "http://a", "--token-file", "/nowhere").err())
                .contains("--token-file=/nowhere cannot be read");
        assertThat(Run.of("plugin", "check", "http://a", "--token-file", "x", "--spec", "[]").err())
                .contains("--spec=[] must be a JSON object");
        assertThat(Run.of("plugin").err()).contains("bellhop plugin check URL");
    }
}
