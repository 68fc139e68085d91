package dev.bellhop.listener.source.kube;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Function;

import dev.bellhop.engine.source.ClusterChoice;
import org.jspecify.annotations.Nullable;

/// Another cluster, with credentials from a Secret of the EventSource's namespace. They are read when they are first needed, and
/// again after every failure, so that new ones are taken up.
final class RemoteCluster implements Door, AutoCloseable {
    private final ClusterChoice choice;
    private final Function<String, Optional<String>> secret;
    private @Nullable Credentials used;
    private @Nullable HttpConnections connections;
    private @Nullable KubeApi api;
    private boolean doubtful = true;

    /// `secret` gives the value of a key of the Secret that `choice` names; it may block.
    RemoteCluster(ClusterChoice choice, Function<String, Optional<String>> secret) {
        this.choice = choice;
        this.secret = secret;
    }

    @Override
    public String cluster() {
        return choice.name();
    }

    @Override
    public synchronized KubeApi api() throws Unusable {
        var current = api;
        if (current != null && !doubtful) {
            return current;
        }
        var read = Credentials.read(choice.secret().orElseThrow(), choice.insecureSkipVerify(), secret);
        if (current == null || !read.equals(used)) {
            close();
            current = connect(read);
        }
        doubtful = false;
        return current;
    }

    private KubeApi connect(Credentials credentials) throws Unusable {
        try {
            var opened = new HttpConnections(ClusterTls.context(credentials));
            var connected = new KubeApi(opened.client(), credentials.server(), credentials::header, Optional.empty());
            connections = opened;
            used = credentials;
            api = connected;
            return connected;
        } catch (GeneralSecurityException | IOException e) {
            throw new Unusable("Secret " + choice.secret().orElseThrow() + ": its certificates or keys cannot be used: "
                    + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void failed(IOException e) {
        doubtful = true;
    }

    @Override
    public synchronized void close() {
        if (connections != null) {
            connections.close();
        }
        connections = null;
        api = null;
    }
}
