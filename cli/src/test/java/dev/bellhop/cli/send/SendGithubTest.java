package dev.bellhop.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.cli.LocalServer;
import dev.bellhop.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendGithubTest {
    @Test
    void postsWhatGithubWouldPost() throws Exception {
        try (var server = new LocalServer(202, "{\"eventID\":\"1\"}\n")) {
            var run = Run.of("send", "github", "push", server.url() + "/team-a?name=x", "--secret", "s3cret");
            assertThat(run).isEqualTo(new Run(0, "HTTP 202\n{\"eventID\":\"1\"}\n", ""));
            var received = server.received().getFirst();
            assertThat(received.method()).isEqualTo("POST");
            assertThat(received.uri()).hasToString("/team-a?name=x");
            assertThat(received.headers().getFirst("X-GitHub-Event")).isEqualTo("push");
            assertThat(received.headers().getFirst("Content-Type")).isEqualTo("application/json");
            assertThat(received.headers().getFirst("User-Agent")).startsWith("GitHub-Hookshot/");
            assertThat(received.headers().getFirst("X-GitHub-Delivery")).hasSize(36);
            assertThat(received.headers().getFirst("X-Hub-Signature-256"))
                    .isEqualTo("sha256=" + hmac("s3cret", received.body()));
            assertThat(new JsonMapper().readTree(received.body()).path("ref").asText()).startsWith("refs/heads/");
        }
    }

    @Test
    void signsTheBodyAfterItsChanges(@TempDir Path folder) throws Exception {
        var secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
        try (var server = new LocalServer(202, "")) {
            Run.of("send", "github", "push", "--url", server.url(), "--secret-file", secret.toString(),
                    "--set", "ref=refs/heads/main", "--set", "commits[0].author.name=Ann", "--set", "forced=true",
                    "--set", "nothing=null", "--set", "text=\"5\"");
            var received = server.received().getFirst();
            var body = new JsonMapper().readTree(received.body());
            assertThat(body.path("ref").asText()).isEqualTo("refs/heads/main");
            assertThat(body.at("/commits/0/author/name").asText()).isEqualTo("Ann");
            assertThat(body.path("forced").booleanValue()).isTrue();
            assertThat(body.path("nothing").isNull()).isTrue();
            assertThat(body.path("text").isTextual()).isTrue();
            assertThat(received.headers().getFirst("X-Hub-Signature-256"))
                    .isEqualTo("sha256=" + hmac("s3cret", received.body()));
        }
    }

    @Test
    void sendsAnotherDeliveryEachTime() throws IOException {
        try (var server = new LocalServer(202, "")) {
            assertThat(Run.of("send", "github", "ping", server.url(), "--times", "3").out())
                    .isEqualTo("HTTP 202\n".repeat(3));
            assertThat(server.received()).extracting(received -> received.headers().getFirst("X-GitHub-Delivery"))
                    .hasSize(3).doesNotHaveDuplicates();
        }
    }

    @Test
    void failsWhenTheAnswerIsNot2xx() throws IOException {
        try (var server = new LocalServer(403, "no")) {
            assertThat(Run.of("send", "github", "push", server.url())).isEqualTo(new Run(1, "HTTP 403\nno\n", ""));
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        String url;
        try (var server = new LocalServer(202, "")) {
            url = server.url();
        }
        var run = Run.of("send", "github", "push", url);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("bellhop send github: POST " + url + " got no answer: ").hasLineCount(1);
    }

    @Test
    void printsTheRequestOnADryRun() {
        var run = Run.of("send", "github", "pull_request", "http://example.com", "--action", "closed", "--dry-run",
                "-H", "X-GitHub-Delivery: 1", "--header", "X-More: a:b");
        assertThat(run.out()).startsWith("""
                POST / HTTP/1.1
                Host: example.com
                Content-Type: application/json
                User-Agent: GitHub-Hookshot/bellhop
                X-GitHub-Delivery: 1
                X-GitHub-Event: pull_request
                X-More: a:b

                {"action":"closed",""");
    }

    @Test
    void listsWhatIsRecorded() {
        assertThat(Run.of("send", "github", "--list").out().lines()).hasSizeGreaterThan(300).contains("push/push");
        assertThat(Run.of("send", "github", "--list", "ping").out().lines()).allMatch(line -> line.startsWith("ping/"));
    }

    @Test
    void canReadEverythingThatIsRecorded() {
        var payloads = GithubPayloads.recorded();
        payloads.names(Optional.empty()).map(name -> name.split("/")).forEach(name -> assertThat(
                payloads.choose(name[0], Optional.of(name[1]), Optional.empty()).json()).isNotEmpty());
    }

    @Test
    void guessesWhichEventWasMeant() {
        assertThat(Run.of("send", "github", "pushh", "http://x").err()).contains("did you mean 'push'?");
        assertThat(Run.of("send", "github", "pull_request", "http://x", "--action", "opend").err())
                .contains("the action 'opend'; it has: ", "pull_request/opened");
    }

    @Test
    void refusesWhatItCannotUse() {
        assertThat(Run.of("send", "github", "push").err()).contains("where to?");
        assertThat(Run.of("send", "github").err()).contains("name the event");
        assertThat(Run.of("send").err()).contains("name the sender");
        assertThat(Run.of("send", "github", "push", "localhost").err()).contains("'localhost' is neither a URL");
        assertThat(Run.of("send", "github", "push", "http://x", "--set", "ref").err()).contains("write PATH=VALUE");
        assertThat(Run.of("send", "github", "push", "http://x", "--header", "ref").err()).contains("has no colon");
        assertThat(Run.of("send", "github", "push", "http://x", "--secret", "a", "--secret-file", "b").err())
                .contains("exclude each other");
    }

    private static String hmac(String key, byte[] body) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
