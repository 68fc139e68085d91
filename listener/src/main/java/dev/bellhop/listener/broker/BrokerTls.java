package dev.bellhop.listener.broker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/// How a connection to a broker is encrypted.
///
/// @param ca     certificates to trust, in PEM; without, those that Java trusts
/// @param client name of a Secret with `tls.crt` and `tls.key`, shown to the broker
public record BrokerTls(Optional<SecretKey> ca, Optional<String> client) {
    private static final char[] NO_PASSWORD = {};

    /// What it reads of Secrets.
    public Stream<SecretKey> secrets() {
        return Stream.concat(ca.stream(), client.stream()
                .flatMap(secret -> Stream.of(certificate(secret), new SecretKey(secret, "tls.key"))));
    }

    /// What a socket is opened with. It does not check names by itself.
    public SSLContext context(SecretReader secrets) throws Unreachable {
        try {
            var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(ca.isPresent() ? trustStore(ca.get(), secrets) : null);
            var context = SSLContext.getInstance("TLS");
            context.init(client.isPresent() ? keys(client.get(), secrets) : null, trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable("TLS cannot be set up", e);
        }
    }

    /// The same for Kafka's client, which checks names by default.
    public Map<String, Object> kafka(SecretReader secrets) throws Unreachable {
        var settings = new LinkedHashMap<String, Object>();
        if (ca.isPresent()) {
            var pem = secrets.read(ca.get());
            certificates(pem, ca.get().toString());
            settings.put("ssl.truststore.type", "PEM");
            settings.put("ssl.truststore.certificates", pem);
        }
        if (client.isPresent()) {
            var key = key(client.get(), secrets);
            settings.put("ssl.keystore.type", "PEM");
            settings.put("ssl.keystore.certificate.chain", secrets.read(certificate(client.get())));
            settings.put("ssl.keystore.key", PemKey.pem(key));
        }
        return settings;
    }

    private static KeyStore trustStore(SecretKey ca, SecretReader secrets)
            throws Unreachable, GeneralSecurityException, IOException {
        var store = emptyStore();
        int number = 0;
        for (var certificate : certificates(secrets.read(ca), ca.toString())) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        return store;
    }

    private static KeyManager[] keys(String secret, SecretReader secrets)
            throws Unreachable, GeneralSecurityException, IOException {
        var chain = certificates(secrets.read(certificate(secret)), certificate(secret).toString());
        var store = emptyStore();
        store.setKeyEntry("client", key(secret, secrets), NO_PASSWORD, chain);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, NO_PASSWORD);
        return managers.getKeyManagers();
    }

    private static java.security.PrivateKey key(String secret, SecretReader secrets) throws Unreachable {
        var key = new SecretKey(secret, "tls.key");
        try {
            return PemKey.of(secrets.read(key));
        } catch (GeneralSecurityException e) {
            throw unusable(key + " cannot be used", e);
        }
    }

    private static SecretKey certificate(String secret) {
        return new SecretKey(secret, "tls.crt");
    }

    private static Certificate[] certificates(String pem, String where) throws Unreachable {
        try {
            var certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            if (certificates.isEmpty()) {
                throw new Unreachable("TlsUnusable", where + " holds no certificate in PEM form");
            }
            return certificates.toArray(Certificate[]::new);
        } catch (GeneralSecurityException e) {
            throw unusable(where + " holds no certificates in PEM form", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Unreachable unusable(String what, @Nullable Exception cause) {
        return new Unreachable("TlsUnusable", cause == null ? what : what + ": " + Causes.told(cause), cause);
    }
}
