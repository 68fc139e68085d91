package dev.bellhop.listener;

import java.io.IOException;
import java.nio.file.Path;

import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/// A cluster with a listener, somebody who posts to it, and for each test a team.
abstract class ListenerStage {
    @TempDir
    static Path dataDirectory;
    static InstalledCluster cluster;
    static RunningListener listener;
    static Sender sender;
    private static Path data;

    Team team;

    @BeforeParameterizedClassInvocation
    static void start(ApiServer server) throws IOException {
        cluster = new InstalledCluster(server);
        data = dataDirectory.resolve(server.name());
        startListener();
        sender = new Sender();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        sender.close();
        listener.close();
        cluster.close();
    }

    /// Starts one on the journal of the last, which the test has closed.
    static void startListener() throws IOException {
        listener = RunningListener.start(cluster.shipped("bellhop-listener"), data);
    }

    /// Starts one more, beside the other, on a journal of its own.
    static RunningListener anotherListener() throws IOException {
        return RunningListener.start(cluster.shipped("bellhop-listener"), data.resolveSibling("another"));
    }

    @BeforeEach
    void aTeam() {
        team = Team.in(cluster);
    }
}
