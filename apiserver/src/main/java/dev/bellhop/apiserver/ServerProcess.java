package dev.bellhop.apiserver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// One server program that runs beside us, and the last lines it wrote.
final class ServerProcess {

    private static final int LINES_KEPT = 40;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final String name;
    private final Process process;
    private final ArrayDeque<String> lastLines = new ArrayDeque<>();
    private final Thread outputReader;

    private ServerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.outputReader = Thread.ofVirtual().name(name + " output").unstarted(this::keepLastLines);
    }

    static ServerProcess start(String name, List<String> command) throws IOException {
        var started = new ServerProcess(name,
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.PIPE)
                        .start());
        started.outputReader.start();
        return started;
    }

    /// Returns when the address answers 200.
    void awaitReady(URI address, Optional<String> token, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            if (answersOk(address, token)) {
                return;
            }
            pause(address);
        }
        throw new IllegalStateException(
                name + " did not answer 200 at " + address + " in " + patience.toSeconds() + " s; it wrote:\n"
                        + output());
    }

    void end() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /// Ends it without a word, and waits until it is gone.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private void pause(URI address) {
        try {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                // Its last words may still be on their way; a child it left behind must not hold us up for them.
                outputReader.join(LAST_WORDS);
                throw new IllegalStateException(name + " ended with " + process.exitValue() + " before it answered at "
                        + address + "; it wrote:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name, e);
        }
    }

    private static boolean answersOk(URI address, Optional<String> token) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection();
            if (connection instanceof HttpsURLConnection https) {
                https.setSSLSocketFactory(trustingAny().getSocketFactory());
                https.setHostnameVerifier((_, _) -> true);
            }
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            token.ifPresent(value -> connection.setRequestProperty("Authorization", "Bearer " + value));
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    private void keepLastLines() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
            }
        } catch (IOException endedWithTheProcess) {
            keep("(output ended: " + endedWithTheProcess.getMessage() + ")");
        } catch (UncheckedIOException e) {
            keep("(output ended: " + e.getMessage() + ")");
        }
    }

    private synchronized void keep(String line) {
        if (lastLines.size() == LINES_KEPT) {
            lastLines.removeFirst();
        }
        lastLines.addLast(line);
    }

    private synchronized String output() {
        return String.join("\n", lastLines);
    }

    /// The server makes its certificate while it starts, so the probe of our own child on loopback cannot know it yet.
    private static SSLContext trustingAny() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new TrustAny()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has TLS", e);
        }
    }

    private static final class TrustAny extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
