package dev.bellhop.listener.source.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.listener.broker.Certificates;
import dev.bellhop.listener.broker.TestContext;
import dev.bellhop.listener.broker.nats.NatsServer;
import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.RunningSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectReaderIT {
    private static final String SEED = "SUAEPZPJH4EKUXRHSJGM7XJAZMJDJSRRC64CQ4HHZFXDN4KPUNHWHDLNDM";
    private static final String PUBLIC_KEY = "UDYOH6N356BMXQGCI22VMLENITETNGBABOSJ2XKNREZ2EL54G65EER2J";

    private final List<RunningSource> running = new ArrayList<>();
    private final TestContext context = new TestContext("greetings");

    @AfterEach
    void stopSources() {
        running.forEach(RunningSource::close);
    }

    @Test
    void bringsWhatPassesByToOneMemberOfTheQueueGroup() throws Exception {
        try (var server = NatsServer.launch()) {
            var publisher = server.connect();
            var other = new TestContext("greetings");
            start(context, spec(server.url()));
            start(other, spec(server.url()));
            await().until(() -> context.isConnected() && other.isConnected());
            for (int i = 0; i < 200; i++) {
                publisher.publish("greet.all", Integer.toString(i).getBytes(StandardCharsets.UTF_8));
            }

            await().until(() -> context.kept.size() + other.kept.size() == 200);
            assertThat(context.kept).isNotEmpty();
            assertThat(other.kept).isNotEmpty();
            assertThat(context.kept.getFirst().subject()).isEqualTo("greet.all");
        }
    }

    @Test
    void offersAgainWhatCouldNotBeKept() throws Exception {
        var tries = new AtomicInteger();
        context.answer(_ -> CompletableFuture.completedStage(tries.incrementAndGet() < 3
                ? new Emitted.NotNow("the journal is full", Duration.ofMillis(50))
                : new Emitted.Kept(1)));
        try (var server = NatsServer.launch()) {
            var publisher = server.connect();
            start(context, spec(server.url()));
            await().until(context::isConnected);
            publisher.publish("greet.all", "hello".getBytes(StandardCharsets.UTF_8));
            await().until(() -> context.bodies().equals(List.of("hello")));
            assertThat(context.emitted).hasSize(3).extracting("id").containsOnly(context.kept.getFirst().id());
        }
    }

    @Test
    void comesBackAfterTheServerWasKilled() throws Exception {
        try (var server = NatsServer.launch()) {
            var publisher = server.connect();
            start(context, spec(server.url()));
            await().until(context::isConnected);
            server.kill();
            await().until(() -> context.disconnected().equals("ConnectionLost"));
            server.start();
            await().atMost(Duration.ofSeconds(30)).until(context::isConnected);
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                publisher.publish("greet.all", "again".getBytes(StandardCharsets.UTF_8));
                return context.bodies().contains("again");
            });
        }
    }

    @Test
    void tellsOfAServerThatIsNotThereAndConnectsOnceItIs() throws Exception {
        try (var server = NatsServer.launch()) {
            server.kill();
            start(context, spec(server.url()));
            await().until(() -> context.disconnected().equals("Unreachable"));
            server.start();
            await().atMost(Duration.ofSeconds(30)).until(context::isConnected);
        }
    }

    @Test
    void readsTheSecretAgainAfterTheServerRefusedThePassword() throws Exception {
        try (var server = NatsServer.launch("authorization { user: bellhop, password: right }")) {
            var spec = spec(server.url());
            var auth = spec.putObject("auth").put("user", "bellhop");
            auth.putObject("passwordSecret").put("secretName", "login").put("secretKey", "password");
            start(context, spec);
            await().until(() -> context.disconnected().equals("SecretMissing"));
            context.secrets.put("login/password", "wrong");
            await().atMost(Duration.ofSeconds(20)).until(() -> context.disconnected().equals("AuthenticationFailed"));
            context.secrets.put("login/password", "right\n");
            await().atMost(Duration.ofSeconds(40)).until(context::isConnected);
        }
    }

    @Test
    void logsInWithAToken() throws Exception {
        try (var server = NatsServer.launch("authorization { token: s3cret }")) {
            var spec = spec(server.url());
            spec.putObject("auth").putObject("tokenSecret").put("secretName", "login").put("secretKey", "token");
            context.secrets.put("login/token", "s3cret");
            start(context, spec);
            await().until(context::isConnected);
        }
    }

    @Test
    void logsInWithAnNkey() throws Exception {
        try (var server = NatsServer.launch("authorization { users: [ { nkey: " + PUBLIC_KEY + " } ] }")) {
            var spec = spec(server.url());
            spec.putObject("auth").putObject("nkeySecret").put("secretName", "login").put("secretKey", "seed");
            context.secrets.put("login/seed", SEED);
            start(context, spec);
            await().until(context::isConnected);
        }
    }

    @Test
    void showsItsCertificateAndChecksTheServersName(@TempDir Path directory) throws Exception {
        var authority = new Certificates(directory);
        var client = authority.sign("client", "client.test");
        context.secrets.put("ca/ca.crt", authority.authority());
        context.secrets.put("client/tls.crt", client.certificate());
        context.secrets.put("client/tls.key", client.key());
        try (var server = NatsServer.launch(tls(directory, authority, authority.sign("server", "127.0.0.1")))) {
            start(context, tlsSpec(server.url()));
            await().until(context::isConnected);
        }
    }

    @Test
    void refusesAServerWhoseCertificateIsForAnotherName(@TempDir Path directory) throws Exception {
        var authority = new Certificates(directory);
        var client = authority.sign("client", "client.test");
        context.secrets.put("ca/ca.crt", authority.authority());
        context.secrets.put("client/tls.crt", client.certificate());
        context.secrets.put("client/tls.key", client.key());
        try (var server = NatsServer.launch(tls(directory, authority, authority.sign("server", "other.test")))) {
            start(context, tlsSpec(server.url()));
            await().until(() -> context.disconnected().equals("Unreachable"));
            assertThat(context.lastHealth().orElseThrow().toString()).contains("No subject alternative names matching");
        }
    }

    private static String tls(Path directory, Certificates authority, Certificates.Signed server) throws Exception {
        Files.writeString(directory.resolve("ca.pem"), authority.authority());
        Files.writeString(directory.resolve("server.pem"), server.certificate());
        Files.writeString(directory.resolve("server.key"), server.key());
        return """
                tls { cert_file: "%1$s/server.pem", key_file: "%1$s/server.key", ca_file: "%1$s/ca.pem", verify: true }
                """.formatted(directory);
    }

    private static ObjectNode tlsSpec(String url) {
        var spec = spec(url);
        var tls = spec.putObject("tls").put("clientSecretName", "client");
        tls.putObject("caSecret").put("secretName", "ca").put("secretKey", "ca.crt");
        return spec;
    }

    private void start(TestContext context, ObjectNode spec) {
        running.add(new NatsSourceType().start(spec, context));
    }

    private static ObjectNode spec(String url) {
        return JsonNodeFactory.instance.objectNode().put("url", url).put("subject", "greet.*");
    }
}
