package dev.bellhop.listener.source.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.bellhop.engine.source.ClusterChoice;
import dev.bellhop.listener.broker.Certificates;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Secret that kube-trigger reads of another cluster: its address, whom to trust, and a certificate to be known by.
class RemoteClusterTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    @TempDir
    static Path directory;
    private static HttpsServer server;
    private static Map<String, String> sound = Map.of();
    private final Map<String, String> secret = new HashMap<>(sound);

    /// One that answers with the name in the client's certificate.
    @BeforeAll
    static void aServerThatWantsACertificate() throws Exception {
        var authority = new Certificates(directory);
        var client = authority.sign("cn-shanghai", "client.test");
        var context = context(authority.sign("server", "127.0.0.1").keyStore());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.createContext("/", exchange -> {
            try (exchange) {
                var name = ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
                var body = ("{\"name\": \"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        sound = Map.of("endpoint", "https://127.0.0.1:" + server.getAddress().getPort(),
                "ca.crt", authority.authority(), "tls.crt", client.certificate(), "tls.key", client.key());
    }

    private static SSLContext context(Path keyStore) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(keyStore)) {
            store.load(stream, PASSWORD);
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private RemoteCluster cluster(boolean insecureSkipVerify) {
        return new RemoteCluster(new ClusterChoice("cn-shanghai", Optional.of("cn-shanghai"), insecureSkipVerify),
                key -> Optional.ofNullable(secret.get(key)));
    }

    @Test
    void isKnownByTheCertificateInTheSecret() throws Exception {
        try (var cluster = cluster(false)) {
            assertThat(cluster.api().get("/version").path("name").asText()).isEqualTo("CN=cn-shanghai");
        }
    }

    @Test
    void isKnownByItAlsoWhereNobodyChecksTheServer() throws Exception {
        secret.remove("ca.crt");
        try (var cluster = cluster(true)) {
            assertThat(cluster.api().get("/version").path("name").asText()).isEqualTo("CN=cn-shanghai");
        }
    }

    @Test
    void saysWhatIsWrongWithAKey() {
        secret.put("tls.key", "none");
        try (var cluster = cluster(false)) {
            assertThatThrownBy(cluster::api).isInstanceOf(Door.Unusable.class)
                    .hasMessageContainingAll("Secret cn-shanghai", "no unencrypted private key");
        }
    }
}
