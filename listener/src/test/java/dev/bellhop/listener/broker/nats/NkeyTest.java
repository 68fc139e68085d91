package dev.bellhop.listener.broker.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class NkeyTest {
    /// Made, and signed with, by NATS's own library.
    private static final String SEED = "SUAEPZPJH4EKUXRHSJGM7XJAZMJDJSRRC64CQ4HHZFXDN4KPUNHWHDLNDM";
    private static final String PUBLIC_KEY = "UDYOH6N356BMXQGCI22VMLENITETNGBABOSJ2XKNREZ2EL54G65EER2J";
    private static final String SIGNATURE = "b2cdd3504a7b737fc3c6a1d9493fb7e99315db6ae86dd72fa50cd2c32a3b1656"
            + "17b55061a98b00425ce7e240cdbadd6d73cf21864842c31894cbdea336a6e90e";
    private static final String OPERATORS_SEED = "SOAGLPYDQNHGVPJ6VORSVZS7RAMXG2OCRUF2QVRDQW7KAW77J6IDF433GQ";

    @Test
    void signsAsNatsOwnLibraryDoes() throws Exception {
        var key = Nkey.of(SEED, Optional.empty());
        assertThat(new String(key.getID())).isEqualTo(PUBLIC_KEY);
        assertThat(HexFormat.of().formatHex(key.sign("nonce".getBytes(StandardCharsets.UTF_8)))).isEqualTo(SIGNATURE);
    }

    @Test
    void refusesWhatIsNoUsersSeed() {
        assertThatThrownBy(() -> Nkey.of(OPERATORS_SEED, Optional.empty())).isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("another kind of nkey");
        assertThatThrownBy(() -> Nkey.of(SEED.replace("EPZ", "EPA"), Optional.empty()))
                .isInstanceOf(GeneralSecurityException.class).hasMessageContaining("no nkey seed");
        assertThatThrownBy(() -> Nkey.of("secret", Optional.empty())).isInstanceOf(GeneralSecurityException.class);
    }
}
