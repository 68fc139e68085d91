package dev.bellhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a folder of its own, with a JDK and a Maven that only say how they were called.
class LauncherTest {
    @TempDir
    private Path folder;
    private Path project = Path.of("");
    private Path jdk = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        project = Files.createDirectories(folder.resolve("my project"));
        Files.copy(Path.of("..", "bellhop"), project.resolve("bellhop"));
        jdk = jdk("jdk", "25.0.3");
        Files.createDirectories(project.resolve("cli/src/main"));
        Files.writeString(project.resolve("pom.xml"), "");
        Files.writeString(project.resolve("cli/pom.xml"), "");
        script(project.resolve("mvnw"),
                """
                        #!/bin/sh
                        echo "built with $JAVA_HOME" >> "$(dirname "$0")/maven.log"
                        sleep 0.5
                        for argument; do
                          case $argument in -Dbellhop.dist=*) mkdir -p "${argument#*=}/lib"; : > "${argument#*=}/lib/bellhop.jar" ;; esac
                        done
                        """);
    }

    @Test
    void buildsOnFirstUseAndThenRunsJava() throws Exception {
        var run = launch(Map.of("JAVA_HOME", jdk.toString()), "get", "a b");
        assertThat(run.err()).isEqualTo("bellhop: building (first use) ...\n");
        assertThat(run.out()).endsWith("-jar " + project.resolve("cli/target/dist/lib/bellhop.jar") + " get [a b]\n");
        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(project.resolve("maven.log")).hasContent("built with " + jdk);

        assertThat(launch(Map.of("JAVA_HOME", jdk.toString()), "get").err()).isEmpty();
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        launch(Map.of("JAVA_HOME", jdk.toString()));
        var source = Files.writeString(project.resolve("cli/src/main/New.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(launch(Map.of("JAVA_HOME", jdk.toString(), "BELLHOP_NO_BUILD", "1")).err()).isEmpty();
        assertThat(launch(Map.of("JAVA_HOME", jdk.toString())).err())
                .isEqualTo("bellhop: building (sources changed) ...\n");
    }

    @Test
    void buildsOnceWhenTwoStartTogether() throws Exception {
        var first = start(Map.of("JAVA_HOME", jdk.toString()));
        var second = start(Map.of("JAVA_HOME", jdk.toString()));
        assertThat(List.of(first.waitFor(), second.waitFor())).containsExactly(7, 7);
        assertThat(project.resolve("maven.log")).content().hasLineCount(1);
        assertThat(project.resolve("cli/target/build.lock")).doesNotExist();
    }

    @Test
    void takesOverFromABuildThatWasKilled() throws Exception {
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(project.resolve("cli/target"));
        Files.createSymbolicLink(project.resolve("cli/target/build.lock"), Path.of("pid-" + dead.pid()));
        assertThat(launch(Map.of("JAVA_HOME", jdk.toString())).exitCode()).isEqualTo(7);
    }

    @Test
    void tellsThatTheBuildFailed() throws Exception {
        script(project.resolve("mvnw"), "#!/bin/sh\necho oops\nexit 1\n");
        var run = launch(Map.of("JAVA_HOME", jdk.toString()));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("oops\n", "bellhop: the build failed");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void prefersItsOwnVariableAndRefusesAnOldJdkThere() throws Exception {
        var old = jdk("old", "21.0.1");
        assertThat(launch(Map.of("JAVA_HOME", old.toString(), "BELLHOP_JAVA_HOME", jdk.toString())).exitCode())
                .isEqualTo(7);
        var run = launch(Map.of("JAVA_HOME", jdk.toString(), "BELLHOP_JAVA_HOME", old.toString()));
        assertThat(run.err()).isEqualTo(
                "bellhop: BELLHOP_JAVA_HOME='" + old + "' is no JDK 25 or newer (found: Java 21)\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void looksFurtherWhenJavaHomeIsOld() throws Exception {
        var old = jdk("old", "1.8.0_402");
        Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(folder.resolve("bin/java"), Path.of("../jdk/bin/java"));
        var environment = Map.of("JAVA_HOME", old.toString(), "PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        assertThat(launch(environment).exitCode()).isEqualTo(7);
    }

    @Test
    void letsOptionsOfTheUserWin() throws Exception {
        var run = launch(Map.of("JAVA_HOME", jdk.toString(), "BELLHOP_JAVA_OPTS", "-Xmx1g -Dx=y"), "dev");
        assertThat(run.out()).containsSubsequence("-Xmx256m", "-Xmx1g -Dx=y", "-jar").doesNotContain("TieredStop");
    }

    @Test
    void worksThroughALink() throws Exception {
        Files.createSymbolicLink(folder.resolve("link"), Path.of("my project/bellhop"));
        var process = process(folder.resolve("link"), Map.of("JAVA_HOME", jdk.toString()));
        assertThat(process.start().waitFor()).isEqualTo(7);
    }

    private Path jdk(String name, String version) throws IOException {
        var home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"),
                """
                        #!/bin/sh
                        for last; do :; done
                        case $last in rehearse) exit 0 ;; esac
                        printf '%s' "$1"; shift
                        for argument; do case $argument in *' '*) case $argument in /*) printf ' %s' "$argument" ;; *) printf ' [%s]' "$argument" ;; esac ;; *) printf ' %s' "$argument" ;; esac; done
                        echo
                        exit 7
                        """);
        return home;
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Run launch(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var process = start(environment, arguments);
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, err);
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        return process(project.resolve("bellhop"), environment, arguments).start();
    }

    private ProcessBuilder process(Path launcher, Map<String, String> environment, String... arguments) {
        var command = new ArrayList<String>(List.of("bash", launcher.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()));
        builder.environment().putAll(environment);
        return builder;
    }
}
