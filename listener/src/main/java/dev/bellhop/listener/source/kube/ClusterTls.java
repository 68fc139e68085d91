package dev.bellhop.listener.source.kube;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import dev.bellhop.listener.broker.PemKey;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import org.jspecify.annotations.Nullable;

/// How connections to another cluster are encrypted: whom they trust, and what they show.
final class ClusterTls {
    private static final char[] NO_PASSWORD = {};

    private ClusterTls() {}

    /// With what the credentials say.
    ///
    /// @throws GeneralSecurityException when a certificate or key cannot be used
    static SSLContext context(Credentials credentials) throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(keys(credentials), SSLUtils.trustManagers(trust(credentials)), null);
        return context;
    }

    private static Config trust(Credentials credentials) {
        var config = new ConfigBuilder(Config.empty()).withMasterUrl(credentials.server().toString())
                .withTrustCerts(credentials.unchecked());
        credentials.authority().filter(_ -> !credentials.unchecked()).ifPresent(config::withCaCertData);
        return config.build();
    }

    /// The client library reads keys of some forms only: not EC as `openssl genpkey` and cert-manager write it.
    private static KeyManager @Nullable [] keys(Credentials credentials) throws GeneralSecurityException, IOException {
        if (credentials.certificate().isEmpty() || credentials.key().isEmpty()) {
            return null;
        }
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        store.setKeyEntry("client", PemKey.of(credentials.key().get()), NO_PASSWORD,
                certificates(credentials.certificate().get()));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, NO_PASSWORD);
        return managers.getKeyManagers();
    }

    private static Certificate[] certificates(String pem) throws CertificateException {
        var chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        if (chain.isEmpty()) {
            throw new CertificateException("no certificate in PEM form is there");
        }
        return chain.toArray(Certificate[]::new);
    }
}
