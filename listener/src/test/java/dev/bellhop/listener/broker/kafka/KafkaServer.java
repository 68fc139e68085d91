package dev.bellhop.listener.broker.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.bellhop.listener.broker.Certificates;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.awaitility.Awaitility;

/// A Kafka broker, the real one, inside the test's own process: broker and controller in one, on loopback, its logs in a temporary
/// directory. Beside the open door it has one that wants TLS and a login, `bellhop` with the password `right`.
public final class KafkaServer implements AutoCloseable {
    private static final String PLAIN_LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required"
            + " user_bellhop=\"right\";";
    private static final String SCRAM_LOGIN = "org.apache.kafka.common.security.scram.ScramLoginModule required;";

    private final Path directory;
    private final int port = freePort();
    private final int securePort = freePort();
    private final int controllerPort = freePort();
    private final Map<String, Object> settings = new HashMap<>();
    private KafkaRaftServer server;

    private KafkaServer(Optional<Certificates.Signed> identity) throws Exception {
        directory = Files.createTempDirectory("bellhop-kafka");
        var logs = directory.resolve("logs").toString();
        settings.putAll(Map.of("process.roles", "broker,controller", "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort, "controller.listener.names", "CONTROLLER",
                "inter.broker.listener.name", "OPEN", "log.dirs", logs));
        var doors = "OPEN://127.0.0.1:" + port;
        if (identity.isPresent()) {
            doors += ",SECURE://127.0.0.1:" + securePort;
            settings.putAll(Map.of("listener.name.secure.sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
                    "listener.name.secure.plain.sasl.jaas.config", PLAIN_LOGIN,
                    "listener.name.secure.scram-sha-256.sasl.jaas.config", SCRAM_LOGIN,
                    "listener.name.secure.scram-sha-512.sasl.jaas.config", SCRAM_LOGIN,
                    "listener.name.secure.ssl.keystore.type", "PEM",
                    "listener.name.secure.ssl.keystore.certificate.chain", identity.get().certificate(),
                    "listener.name.secure.ssl.keystore.key", identity.get().key()));
        }
        settings.put("listeners", doors + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", doors);
        settings.put("listener.security.protocol.map", "OPEN:PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT");
        // One broker, little memory, no waiting for others.
        settings.putAll(Map.of("offsets.topic.replication.factor", "1", "offsets.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0", "log.cleaner.enable", "false", "num.network.threads", "1",
                "num.io.threads", "2", "auto.create.topics.enable", "false", "controlled.shutdown.enable", "false"));
        // On a busy machine the broker must not take itself for dead. One that is started again is let in only when the session of
        // its last life has ended, and gives up when that takes too long.
        settings.putAll(Map.of("broker.session.timeout.ms", "15000", "initial.broker.registration.timeout.ms", "180000",
                "controller.quorum.fetch.timeout.ms", "60000", "controller.quorum.election.timeout.ms", "10000"));
        new Formatter().setClusterId(Uuid.randomUuid().toString()).setNodeId(1).addDirectory(logs)
                .setMetadataLogDirectory(logs).setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setScramArguments(List.of("SCRAM-SHA-256=[name=bellhop,password=right]",
                        "SCRAM-SHA-512=[name=bellhop,password=right]"))
                .setPrintStream(new java.io.PrintStream(java.io.OutputStream.nullOutputStream())).run();
        start();
    }

    /// A broker with the open door alone.
    public static KafkaServer launch() throws Exception {
        return new KafkaServer(Optional.empty());
    }

    /// A broker with both doors.
    public static KafkaServer launch(Certificates.Signed identity) throws Exception {
        return new KafkaServer(Optional.of(identity));
    }

    /// Starts it, or starts it again with its topics.
    public void start() {
        server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        server.startup();
    }

    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    public String broker() {
        return "127.0.0.1:" + port;
    }

    public String secureBroker() {
        return "127.0.0.1:" + securePort;
    }

    public void makeTopic(String name, int partitions) throws InterruptedException, ExecutionException {
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
            Awaitility.await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().until(() -> admin
                    .describeTopics(List.of(name)).allTopicNames().get().get(name).partitions().stream()
                    .allMatch(partition -> partition.leader() != null && partition.leader().port() > 0));
        }
    }

    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker()));
    }

    public KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(Map.of("bootstrap.servers", broker(), "linger.ms", 0),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
