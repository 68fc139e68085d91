package dev.bellhop.apiserver;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/// A new key and a self-signed certificate for 127.0.0.1 and localhost, as PEM. The JDK can read certificates but not
/// make them, and these sixty lines of DER are less than any library that can.
record LoopbackCertificate(String privateKey, String certificate) {

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final byte[] TRUE = {0x01, 0x01, (byte) 0xff};
    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
    private static final byte[] BASIC_CONSTRAINTS = {0x06, 0x03, 0x55, 0x1d, 0x13};
    private static final byte[] ALTERNATIVE_NAMES = {0x06, 0x03, 0x55, 0x1d, 0x11};
    private static final byte[] ECDSA_WITH_SHA256 = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03,
            0x02};
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    static LoopbackCertificate create() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] content = content(pair);
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            byte[] certificate = der(SEQUENCE, content, der(SEQUENCE, ECDSA_WITH_SHA256),
                    der(BIT_STRING, new byte[1], signature.sign()));
            return new LoopbackCertificate(pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
                    pem("CERTIFICATE", certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has ECDSA", e);
        }
    }

    private static byte[] content(KeyPair pair) {
        Instant now = Instant.now();
        byte[] name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME,
                der(UTF8_STRING, "bellhop embedded API".getBytes(StandardCharsets.US_ASCII)))));
        return der(SEQUENCE, der(0xa0, der(INTEGER, new byte[]{2})),
                der(INTEGER, new BigInteger(120, new SecureRandom()).add(BigInteger.ONE).toByteArray()),
                der(SEQUENCE, ECDSA_WITH_SHA256), name,
                der(SEQUENCE, time(now.minus(Duration.ofHours(1))), time(now.plus(Duration.ofDays(365)))), name,
                pair.getPublic().getEncoded(), der(0xa3, der(SEQUENCE, constraints(), alternativeNames())));
    }

    private static byte[] constraints() {
        return der(SEQUENCE, BASIC_CONSTRAINTS, TRUE, der(OCTET_STRING, der(SEQUENCE, TRUE)));
    }

    private static byte[] alternativeNames() {
        return der(SEQUENCE, ALTERNATIVE_NAMES, der(OCTET_STRING, der(SEQUENCE, der(0x87, new byte[]{127, 0, 0, 1}),
                der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)))));
    }

    private static byte[] time(Instant instant) {
        return der(UTC_TIME, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length > 255) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length > 127) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
