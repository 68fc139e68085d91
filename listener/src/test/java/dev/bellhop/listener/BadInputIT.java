package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.listener.http.Limits;
import dev.bellhop.listener.record.Ending;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What no sender should send: each has its answer, and a good event is accepted after it as before.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class BadInputIT {
    private static final Logger LOG = LoggerFactory.getLogger(BadInputIT.class);
    private static final int MEBIBYTE = 1 << 20;
    private static final Duration REQUEST_TIME = Duration.ofSeconds(2);
    private static final Duration IDLE_TIME = Duration.ofSeconds(5);
    private static final Limits LIMITS = new Limits(5 * MEBIBYTE, 8 * MEBIBYTE, 32 << 10, REQUEST_TIME, IDLE_TIME);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(10);
    /// Netty keeps buffers for the next request.
    private static final long MOST_GROWTH = 16 * MEBIBYTE;
    private static final String GOOD = "{\"n\": 1}";
    @TempDir
    static Path dataDirectory;
    private static InstalledCluster cluster;
    private static RunningListener listener;
    private static Sender sender;
    private static Team team;
    private static String path;
    private static long heapBefore;

    private final String server;

    BadInputIT(ApiServer server) {
        this.server = server.name();
    }

    @BeforeParameterizedClassInvocation
    static void start(ApiServer server) throws IOException {
        cluster = new InstalledCluster(server);
        listener = RunningListener.start(cluster.shipped("bellhop-listener"), dataDirectory.resolve(server.name()),
                LIMITS);
        sender = new Sender();
        team = Team.in(cluster);
        team.listener("shared");
        team.create(
                """
                        apiVersion: bellhop.dev/v1alpha1
                        kind: Trigger
                        metadata: {name: any, namespace: NS}
                        spec:
                          serviceAccountName: maker
                          interceptors: [{ref: {name: cel}, params: [{name: filter, value: "body.n != 0"}]}]
                          bindings: [{name: n, value: $(body.n)}]
                          template:
                            spec:
                              params: [{name: n}]
                              resourcetemplates:
                              - {apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}, data: {n: "<$(tt.params.n)>"}}
                        """);
        await().until(() -> listener.serves(team.namespace(), "any"));
        path = listener.url(team.namespace(), "shared").substring(listener.url().length());
        assertGoodEventIsTaken();
        heapBefore = usedHeap();
    }

    @AfterParameterizedClassInvocation
    static void stop(ApiServer server) {
        // One that goes on beside the next test would take that test's events.
        try (var _ = cluster; var _ = listener; var _ = sender) {
            await().atMost(SOON).untilAsserted(() -> assertThat(heldBytes()).isZero());
            long grown = usedHeap() - heapBefore;
            LOG.info("{}: after all of it the heap holds {} KiB more, of {} KiB", server.name(), grown >> 10,
                    heapBefore >> 10);
            assertThat(grown).as("bytes of heap in use more than before").isLessThan(MOST_GROWTH);
        }
    }

    @AfterEach
    void aGoodEventIsTakenAsBefore() throws IOException {
        assertGoodEventIsTaken();
    }

    /// A body, what it is answered, and what the sender is told.
    enum BadBody {
        NOT_JSON("hello", 400, "not JSON"),
        WHITE_SPACE(" \n", 400, "empty"),
        TEXT("\"n\"", 400, "STRING"),
        NULL("null", 400, "NULL"),
        TRUNCATED("{\"n\": [1, {\"a\":", 400, "line 1"),
        TWO_OBJECTS("{\"n\": 1} {\"n\": 2}", 400, "not JSON"),
        FORM("payload=%7B%22n%22%3A1%7D", 400, "not JSON"),
        INVALID_UTF_8("{\"n\": \"\u00ff\u00fe\"}", 400, "UTF-8"),
        OVERLONG_UTF_8("{\"n\": \"\u00c0\u00af\"}", 400, "UTF-8"),
        A_THOUSAND_AND_ONE_DEEP(nested(1001), 400, "1000"),
        A_HUNDRED_THOUSAND_DEEP(nested(100_000), 400, "1000"),
        A_NUMBER_OF_TEN_THOUSAND_DIGITS("{\"n\": " + "7".repeat(10_000) + "}", 400, "1000");

        private final String body;
        private final int status;
        private final String why;

        BadBody(String body, int status, String why) {
            this.body = body;
            this.status = status;
            this.why = why;
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersABodyThatIsNoJsonAndDoesNotSayWhatItIs(BadBody bad) throws IOException {
        try (var connection = connect()) {
            var answer = connection.send(post(bad.body)).answer().orElseThrow();
            assertThat(answer.status()).isEqualTo(bad.status);
            assertThat(answer.body()).contains("\"errorMessage\":\"Invalid event body format : ").contains(bad.why);
            assertThat(connection.send(post(GOOD)).answer().orElseThrow().status()).as("on the same connection")
                    .isEqualTo(202);
        }
    }

    /// Bodies that look dangerous and are not.
    enum OddBody {
        A_THOUSAND_DEEP(nested(1000)),
        HUGE_EXPONENT("{\"n\": 1e1000000000}"),
        TINY_EXPONENT("{\"n\": -1e-1000000000}"),
        A_THOUSAND_DIGITS("{\"n\": " + "7".repeat(1000) + "}"),
        LONG_NAME("{\"n\": 1, \"" + "x".repeat(40_000) + "\": 1}"),
        MANY_FIELDS("{\"n\": 1" + fields(100_000) + "}"),
        EMPTY(""),
        ARRAY("[{\"n\": 1}]"),
        CONTROL_CHARACTERS("{\"n\": \"\\u0000\\u001b[31m\\r\\nX: y\"}");

        private final String body;

        OddBody(String body) {
            this.body = body;
        }

        private static String fields(int count) {
            var fields = new StringBuilder();
            for (int i = 0; i < count; i++) {
                fields.append(",\"f").append(i).append("\":").append(i);
            }
            return fields.toString();
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesABodyHoweverOdd(OddBody odd) throws IOException {
        var reply = answerTo(odd.body);
        assertThat(reply.status()).isEqualTo(202);
        await().atMost(SOON).until(() -> listener.endingsOf(reply.eventId()).size() == 1);
        assertThat(listener.endingsOf(reply.eventId())).noneMatch(Ending.Retrying.class::isInstance);
    }

    /// Whole requests, and their answers.
    enum BadRequest {
        UNKNOWN_PATH("POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\n" + GOOD, 404),
        PATH_WITH_DOTS("POST /listeners/../listeners HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\n" + GOOD, 404),
        PATH_WITH_HALF_AN_ESCAPE("POST PATH/%4 HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\n" + GOOD, 400),
        ASTERISK("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 404),
        UNKNOWN_METHOD("BREW PATH HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\n" + GOOD, 405),
        NO_LENGTH("POST PATH HTTP/1.1\r\nHost: x\r\n\r\n", 202),
        EMPTY_AND_DECLARED_JSON("POST PATH HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\r\n", 400),
        NEGATIVE_LENGTH("POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        LENGTH_OF_LETTERS("POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", 400),
        TWO_LENGTHS("POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\nContent-Length: 9\r\n\r\n" + GOOD, 400),
        LENGTH_AND_CHUNKS("POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "8\r\n" + GOOD + "\r\n0\r\n\r\n", 400),
        UNKNOWN_TRANSFER_ENCODING("POST PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n" + GOOD, 400),
        BAD_CHUNK("POST PATH HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + GOOD + "\r\n",
                BadRequest.CLOSED),
        SHORTER_THAN_IT_IS("POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n" + GOOD, 400),
        LONGER_THAN_IT_IS("POST PATH HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n" + GOOD, 408),
        COMPRESSED("POST PATH HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\n" + GOOD, 415),
        HUGE_HEADER("POST PATH HTTP/1.1\r\nHost: x\r\nX-Huge: " + "x".repeat(64 << 10) + "\r\n\r\n", 431),
        MANY_HEADERS("POST PATH HTTP/1.1\r\nHost: x\r\n" + "X-Many: x\r\n".repeat(10_000) + "\r\n", 431),
        HUGE_URL("POST PATH?" + "x".repeat(64 << 10) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        HEADER_WITHOUT_NAME("POST PATH HTTP/1.1\r\nHost: x\r\n: x\r\n\r\n", 400),
        NO_HTTP("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n", BadRequest.CLOSED);

        /// For what is no HTTP at all there is nobody to answer.
        private static final int CLOSED = 0;
        private final String request;
        private final int status;

        BadRequest(String request, int status) {
            this.request = request;
            this.status = status;
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersARequestThatIsNone(BadRequest bad) throws IOException {
        try (var connection = connect()) {
            var answer = connection.send(bad.request.replace("PATH", path)).answer();
            assertThat(answer.map(RawConnection.Answer::status).orElse(BadRequest.CLOSED)).as("%s", answer)
                    .isEqualTo(bad.status);
        }
    }

    @Test
    void refusesABodyByItsDeclaredLengthBeforeReadingIt() throws IOException {
        try (var connection = connect()) {
            var answer = connection.send(head("Content-Length: " + 6 * MEBIBYTE)).answer().orElseThrow();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("larger than 5242880 bytes");
            assertThat(connection.isClosed(SOON)).isTrue();
        }
    }

    @Test
    void aSenderThatSendsTheWholeLargeBodyAnywayCanReadTheAnswer() throws IOException {
        try (var connection = connect()) {
            connection.send(head("Content-Length: " + 6 * MEBIBYTE)).send(new byte[6 * MEBIBYTE]);
            assertThat(connection.answer().orElseThrow().status()).isEqualTo(413);
        }
    }

    @Test
    void refusesABodyOfChunksOnceItIsTooLarge() throws IOException {
        try (var connection = connect()) {
            connection.send(head("Transfer-Encoding: chunked"));
            for (int i = 0; i < 6; i++) {
                connection.send("100000\r\n").send(new byte[MEBIBYTE]).send("\r\n");
            }
            assertThat(connection.answer().orElseThrow().status()).isEqualTo(413);
        }
    }

    @Test
    void closesOnASenderThatNeverStops() throws IOException {
        try (var connection = connect()) {
            connection.send(head("Transfer-Encoding: chunked"));
            long end = System.nanoTime() + SOON.toNanos();
            boolean closed = false;
            var chunk = new ByteArrayOutputStream();
            chunk.writeBytes("100000\r\n".getBytes(StandardCharsets.US_ASCII));
            chunk.writeBytes(new byte[MEBIBYTE]);
            chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!closed && System.nanoTime() < end) {
                try {
                    connection.send(chunk.toByteArray());
                } catch (IOException e) {
                    closed = true;
                }
            }
            assertThat(closed).isTrue();
        }
    }

    @Test
    void takesABodyOfExactlyTheLimitAndRefusesOneByteMore() throws IOException {
        var body = "{\"n\": \"" + "x".repeat(5 * MEBIBYTE - 9) + "\"}";
        assertThat(body).hasSize(5 * MEBIBYTE);
        assertThat(answerTo(body + " ").status()).isEqualTo(413);
        // Without the value that the filter and the object are about: an object of 5 MiB is too large for the API server.
        assertThat(answerTo(body.replace("\"n\"", "\"m\"")).status()).isEqualTo(202);
    }

    @Test
    void askedWhetherToGoOnItSaysYesOrRefusesAtOnce() throws IOException {
        try (var connection = connect()) {
            assertThat(
                    connection.send(head("Content-Length: 8\r\nExpect: 100-continue")).answer().orElseThrow().status())
                    .isEqualTo(100);
            assertThat(connection.send(GOOD).answer().orElseThrow().status()).isEqualTo(202);
        }
        try (var connection = connect()) {
            assertThat(connection.send(head("Content-Length: 9000000\r\nExpect: 100-continue")).answer().orElseThrow()
                    .status())
                    .isEqualTo(413);
        }
    }

    @Test
    void givesUpOnABodyThatTrickles() throws Exception {
        try (var connection = connect()) {
            connection.send(head("Content-Length: 100"));
            var answer = trickle(connection, "{\"n\": \"" + "x".repeat(90));
            assertThat(answer.orElseThrow().status()).isEqualTo(408);
            assertThat(answer.orElseThrow().closes()).isTrue();
            assertThat(connection.isClosed(SOON)).isTrue();
        }
    }

    @Test
    void givesUpOnHeadersThatTrickle() throws Exception {
        try (var connection = connect()) {
            connection.send("POST " + path + " HTTP/1.1\r\nHost: x\r\nX-Slow: ");
            long start = System.nanoTime();
            trickle(connection, "x".repeat(90));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(IDLE_TIME.plus(REQUEST_TIME).plusSeconds(5));
            assertThat(connection.isClosed(SOON)).isTrue();
        }
    }

    @Test
    void forgetsASenderWhoGoesAwayInTheMiddle() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (var connection = connect()) {
                connection.send(head("Content-Length: " + 2 * MEBIBYTE)).send(new byte[MEBIBYTE / 2]);
            }
        }
    }

    @Test
    void asksToComeBackWhenTooManyBytesAreInFlight() throws IOException {
        try (var first = connect(); var second = connect()) {
            first.send(head("Content-Length: " + 5 * MEBIBYTE)).send(new byte[9 * MEBIBYTE / 2]);
            second.send(head("Content-Length: " + 5 * MEBIBYTE)).send(new byte[3 * MEBIBYTE]);
            await().atMost(REQUEST_TIME).until(() -> heldBytes() > 7 * MEBIBYTE);
            try (var third = connect()) {
                var answer = third.send(head("Content-Length: " + MEBIBYTE)).send(new byte[MEBIBYTE]).answer()
                        .orElseThrow();
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.head()).containsIgnoringCase("retry-after: 2");
            }
            assertThat(answerTo(GOOD).status()).as("a small one still fits").isEqualTo(202);
            assertThat(first.answer().orElseThrow().status()).isEqualTo(408);
        }
    }

    @Test
    void answersRequestsThatAreSentWithoutWaiting() throws IOException {
        int many = 200;
        try (var connection = connect()) {
            connection.send(post("{").repeat(many));
            for (int i = 0; i < many; i++) {
                assertThat(connection.answer().orElseThrow().status()).isEqualTo(400);
            }
        }
    }

    @Test
    void tenThousandIdleConnectionsDisturbNobodyAndAreClosed() throws Exception {
        var program = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m",
                "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), IdleConnections.class.getName(),
                Integer.toString(listener.port()), "10000").redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var output = program.inputReader()) {
            var opened = output.readLine();
            assertGoodEventIsTaken();
            LOG.info("{}: idle connections {}", server, opened);
            assertThat(opened).isEqualTo("opened 10000");
            assertThat(output.readLine()).isEqualTo("closed 10000");
        } finally {
            program.destroyForcibly();
        }
    }

    private static RawConnection connect() throws IOException {
        return new RawConnection(listener.port());
    }

    private static String head(String header) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n";
    }

    /// A request whose text is bytes: `ÿ` is the byte 0xFF.
    private static String post(String body) {
        return head("Content-Length: " + body.length()) + body;
    }

    private static String nested(int levels) {
        return "{\"n\":".repeat(levels) + "1" + "}".repeat(levels);
    }

    /// Sends a byte a time until an answer or the end comes.
    private static Optional<RawConnection.Answer> trickle(RawConnection connection, String text) throws Exception {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        var trickling = Thread.ofVirtual().start(() -> {
            try {
                for (byte one : bytes) {
                    connection.send(new byte[]{one});
                    Thread.sleep(300);
                }
            } catch (IOException | InterruptedException e) {
                LOG.debug("The sender was stopped", e);
            }
        });
        try {
            return connection.answer();
        } finally {
            trickling.interrupt();
            trickling.join();
        }
    }

    /// Over a connection of its own: one that was used before may be closed as idle at this very moment.
    private static RawConnection.Answer answerTo(String body) throws IOException {
        try (var connection = connect()) {
            return connection.send(post(body)).answer().orElseThrow();
        }
    }

    private static void assertGoodEventIsTaken() throws IOException {
        var reply = answerTo(GOOD);
        assertThat(reply.status()).isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() -> listener.endingsOf(reply.eventId()).stream().anyMatch(Ending.Created.class::isInstance));
    }

    private static double heldBytes() {
        return sender.get(listener.adminUrl() + "/metrics").body().lines()
                .filter(line -> line.startsWith("bellhop_inflight_bytes "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ')))).findFirst().orElseThrow();
    }

    private static long usedHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        // Buffers that are cleaned up by a reference need a second round.
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
