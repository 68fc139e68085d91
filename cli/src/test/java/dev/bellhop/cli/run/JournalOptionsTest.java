package dev.bellhop.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import dev.bellhop.listener.ListenerSettings;
import dev.bellhop.listener.journal.postgres.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class JournalOptionsTest {
    @Command(name = "listens")
    private static final class Listens {
        @Mixin
        private ListenerOptions options = new ListenerOptions();
    }

    private static ListenerSettings settings(String... args) {
        var listens = new Listens();
        new CommandLine(listens).parseArgs(args);
        return listens.options.settings(8080, 9000, Path.of("/data"), "listener-1");
    }

    @Test
    void keepsTheJournalInADirectoryUnlessToldOtherwise() {
        assertThat(settings().database()).isEmpty();
    }

    @Test
    void readsTheLoginAnewForEveryConnection(@TempDir Path secret) throws IOException {
        Files.writeString(secret.resolve("username"), "bellhop\n");
        Files.writeString(secret.resolve("password"), "old");
        var database = settings("--journal", "jdbc:postgresql://db-0,db-1/bellhop", "--journal-login",
                secret.toString()).database().orElseThrow();
        Files.writeString(secret.resolve("password"), "new");

        assertThat(database.replica()).isEqualTo("listener-1");
        assertThat(database.login().read()).isEqualTo(new Login(Optional.of("bellhop"), Optional.of("new")));
        assertThat(database.login().read().toString()).doesNotContain("new");
    }

    @Test
    void refusesAPasswordOnTheCommandLineWithoutRepeatingIt() {
        for (var url : new String[]{"jdbc:postgresql://db/bellhop?user=a&password=s3cr3t",
                "jdbc:postgresql://a:s3cr3t@db/bellhop", "postgres://a:s3cr3t@db/bellhop"}) {
            assertThatThrownBy(() -> settings("--journal", url)).isInstanceOf(ParameterException.class)
                    .hasMessageContaining("--journal must").hasMessageNotContaining("s3cr3t");
        }
    }

    @Test
    void needsAJournalForALogin() {
        assertThatThrownBy(() -> settings("--journal-login", "/login"))
                .hasMessageContaining("--journal-login needs --journal");
    }
}
