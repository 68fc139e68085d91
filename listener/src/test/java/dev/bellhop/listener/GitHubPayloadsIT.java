package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Function;

import dev.bellhop.api.Bellhop;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.listener.record.Ending;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Real input through the whole of a listener: everything in `testdata/github`.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class GitHubPayloadsIT {
    private static final Path PAYLOADS = Path.of("..", "testdata", "github");
    private static final String SECRET = "correct horse battery staple";
    private static final int SENDERS = 4;

    private final ApiServer server;

    @TempDir
    Path dataDirectory;

    GitHubPayloadsIT(ApiServer server) {
        this.server = server;
    }

    private record Payload(Path file, byte[] body) {
        static Payload read(Path file) {
            try {
                return new Payload(file, Files.readAllBytes(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String event() {
            return file.getParent().getFileName().toString();
        }

        /// Another letter in the first name or value, so that it is JSON still.
        byte[] changed() {
            var changed = body.clone();
            int i = 2;
            while (!Character.isLetter(changed[i])) {
                i++;
            }
            changed[i] = (byte) (changed[i] == 'z' ? 'y' : 'z');
            return changed;
        }
    }

    @Test
    void everySignedPayloadMakesItsOneObjectAndNoChangedOneDoesAnything() throws Exception {
        var payloads = payloads();
        assertThat(payloads).hasSizeGreaterThan(300);
        try (var cluster = new InstalledCluster(server);
                var sender = new Sender();
                var listener = RunningListener.start(cluster.shipped("bellhop-listener"), dataDirectory)) {
            var team = Team.in(cluster);
            team.secret("github", SECRET);
            team.listener("shared");
            team.trigger("hook", Team.signedWith("github"));
            await().until(() -> listener.serves(team.namespace(), "hook"));
            var url = listener.url(team.namespace(), "shared") + "/" + team.namespace() + "?name=hook";

            assertThat(inParallel(payloads, payload -> post(sender, url, payload, payload.changed()).status()))
                    .allMatch(status -> status == 403, "403");
            assertThat(listener.endings(team.namespace())).hasSize(payloads.size())
                    .allMatch(Ending.Refused.class::isInstance);
            assertThat(sender.get(listener.adminUrl() + "/metrics").body())
                    .contains("bellhop_deliveries_unfinished 0.0").contains("bellhop_deliveries_finished 0.0");

            var replies = inParallel(payloads, payload -> post(sender, url, payload, payload.body()));
            assertThat(replies).allMatch(reply -> reply.status() == 202, "202");
            var accepted = replies.stream().map(Sender.Reply::eventId).toList();
            await().atMost(Duration.ofSeconds(60)).until(() -> team.made().size() >= payloads.size());
            assertThat(team.made()).allMatch(made -> made.getMetadata().getName().startsWith("made-"))
                    .extracting(made -> made.getMetadata().getLabels().get(Bellhop.LABEL_EVENT_ID))
                    .containsExactlyInAnyOrderElementsOf(accepted);
            await().untilAsserted(() -> assertThat(listener.endings(team.namespace())).hasSize(2 * payloads.size())
                    .filteredOn(Ending.Created.class::isInstance).hasSize(payloads.size()));
        }
    }

    private static Sender.Reply post(Sender sender, String url, Payload payload, byte[] body) {
        return sender.post(url, body, "Content-Type", "application/json", "X-GitHub-Event", payload.event(),
                "X-Hub-Signature-256", Sender.signature(SECRET, payload.body()));
    }

    private static <T> List<T> inParallel(List<Payload> payloads, Function<Payload, T> send)
            throws InterruptedException, ExecutionException {
        try (var senders = Executors.newFixedThreadPool(SENDERS)) {
            var futures = payloads.stream().map(payload -> senders.submit(() -> send.apply(payload))).toList();
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static List<Payload> payloads() throws IOException {
        try (var files = Files.walk(PAYLOADS)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().map(Payload::read).toList();
        }
    }
}
