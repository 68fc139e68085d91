package dev.bellhop.listener.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void readsWhatItWrites(String algorithm) throws Exception {
        var key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
        assertThat(PemKey.of("some words before\n" + PemKey.pem(key))).isEqualTo(key);
    }

    @Test
    void readsAnRsaKeyAsOpenSslUsedToWriteIt() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var key = generator.generateKeyPair().getPrivate();
        // PKCS#8 of an RSA key is 26 bytes about the PKCS#1 inside.
        var inside = Arrays.copyOfRange(key.getEncoded(), 26, key.getEncoded().length);
        assertThat(PemKey.of(pem("RSA PRIVATE KEY", inside))).isEqualTo(key);
    }

    @Test
    void readsAnEcKeyAsOpenSslWritesIt() throws Exception {
        // Made by `openssl ecparam -name prime256v1 -genkey`.
        var key = PemKey.of("""
                -----BEGIN EC PARAMETERS-----
                BggqhkjOPQMBBw==
                -----END EC PARAMETERS-----
                -----BEGIN EC PRIVATE KEY-----
                MHcCAQEEIKMp77GRD9I+XV8hO4SlSTzoHGpmtQco6NurUsHa95ACoAoGCCqGSM49
                AwEHoUQDQgAE71X3QEsgGjVshVD41BVrRW0R28duc/GxLsrqcxUytCJFHNEcCcoO
                wf9Wg6PEdzw2ESDLwuwOWEsG05lqxT0PzA==
                -----END EC PRIVATE KEY-----
                """);
        assertThat(key.getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> PemKey.of("-----BEGIN ENCRYPTED PRIVATE KEY-----"))
                .isInstanceOf(GeneralSecurityException.class).hasMessageContaining("no unencrypted private key");
        assertThatThrownBy(() -> PemKey.of(pem("EC PRIVATE KEY", new byte[]{0x30, 3, 2, 1, 1})))
                .isInstanceOf(GeneralSecurityException.class).hasMessageContaining("cut off");
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }
}
