package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/// The log, with everything on, of events that are accepted, filtered, refused and failed: nothing of what was sent or is
/// secret is in it.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class SilentLogIT {
    private static final String SECRET = "0penSesame";
    private static final String IN_BODY = "inTheBody77";
    private static final String IN_HEADER = "inAHeader88";
    private static final String IN_QUERY = "inTheQuery99";

    private final ApiServer server;

    @TempDir
    Path dataDirectory;

    SilentLogIT(ApiServer server) {
        this.server = server;
    }

    @Test
    void holdsNeitherBodiesNorHeadersNorSecrets() throws IOException {
        var logger = (Logger) LoggerFactory.getLogger("dev.bellhop");
        var recording = (Logger) LoggerFactory.getLogger("dev.bellhop.listener.record");
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        logger.addAppender(appender);
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        recording.setLevel(Level.DEBUG);
        try {
            run();
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(Level.INFO);
            logger.setAdditive(true);
            recording.setLevel(Level.ERROR);
        }
        var lines = text(List.copyOf(appender.list));
        assertThat(lines).anyMatch(line -> line.contains("Created")).anyMatch(line -> line.contains("Filtered"))
                .anyMatch(line -> line.contains("Refused")).anyMatch(line -> line.contains("Failed"));
        assertThat(lines).noneMatch(line -> line.contains(SECRET) || line.contains(IN_BODY) || line.contains(IN_HEADER)
                || line.contains(IN_QUERY) || line.contains("sha256="));
    }

    private void run() throws IOException {
        try (var cluster = new InstalledCluster(server);
                var sender = new Sender();
                var listener = RunningListener.start(cluster.shipped("bellhop-listener"), dataDirectory)) {
            var team = Team.in(cluster);
            team.secret("github", SECRET);
            team.listener("shared");
            team.trigger("created", Team.signedWith("github"));
            team.trigger("filtered",
                    "[{ref: {name: cel}, params: [{name: filter, value: 'body.text == header.canonical(\"X-Text\")'}]}]");
            team.trigger("undecided",
                    "[{ref: {name: cel}, params: [{name: filter, value: 'body.text.none.there == 1'}]}]");
            team.trigger("forbidden", "[]", "{apiVersion: v1, kind: Secret, metadata: {generateName: made-}}");
            team.create(
                    """
                            apiVersion: bellhop.dev/v1alpha1
                            kind: Trigger
                            metadata: {name: unbound, namespace: NS}
                            spec:
                              bindings: [{name: none, value: $(body.none)}]
                              template: {spec: {params: [{name: none}], resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {name: $(tt.params.none)}}]}}
                            """);
            await().until(() -> listener.serves(team.namespace(), "unbound")
                    && listener.serves(team.namespace(), "forbidden"));
            var url = listener.url(team.namespace(), "shared") + "/" + team.namespace();
            var body = ("{\"text\": \"" + IN_BODY + "\"}").getBytes(StandardCharsets.UTF_8);
            for (var signature : List.of(Sender.signature(SECRET, body), Sender.signature("wrong", body))) {
                sender.post(url + "?q=" + IN_QUERY, body, "X-GitHub-Event", "push", "X-Hub-Signature-256", signature,
                        "X-Text", IN_HEADER);
                sender.post(url + "?name=created&q=" + IN_QUERY, body, "X-GitHub-Event", "push", "X-Hub-Signature-256",
                        signature, "X-Text", IN_HEADER);
            }
            sender.post(url + "?q=" + IN_QUERY, "{" + IN_BODY, "X-Text", IN_HEADER);
            sender.get(listener.adminUrl() + "/api/v1/deliveries", "Authorization", "Bearer " + IN_HEADER);
            await().until(() -> team.made().size() == 2);
            await().until(() -> listener.endings(team.namespace()).stream()
                    .filter(one -> one.outcome().equals("Failed")).count() == 4);
        }
    }

    private static List<String> text(List<ILoggingEvent> events) {
        var lines = new ArrayList<String>();
        for (var event : events) {
            lines.add(event.getFormattedMessage() + " " + event.getKeyValuePairs()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
        return lines;
    }
}
