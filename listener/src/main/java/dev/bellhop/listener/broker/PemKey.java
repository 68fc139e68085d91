package dev.bellhop.listener.broker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// A private key in PEM: PKCS#8 as Java reads it, and what cert-manager and OpenSSL write by default, PKCS#1 (RSA) and SEC 1
/// (EC), which Java does not read but which PKCS#8 contains.
public final class PemKey {
    private static final Pattern BLOCK = Pattern
            .compile("-----BEGIN ((?:RSA |EC )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 4;
    private static final int CURVE = 0xa0;

    private PemKey() {}

    /// The first private key in `pem`.
    public static PrivateKey of(String pem) throws GeneralSecurityException {
        var block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new GeneralSecurityException("no unencrypted private key in PEM form is there");
        }
        byte[] der;
        try {
            der = Base64.getMimeDecoder().decode(block.group(2));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the private key is not in PEM form", e);
        }
        return switch (block.group(1)) {
            case "RSA PRIVATE KEY" -> read(der(SEQUENCE, VERSION_0, RSA, der(OCTET_STRING, der)), "RSA");
            case "EC PRIVATE KEY" -> read(
                    der(SEQUENCE, VERSION_0, der(SEQUENCE, EC, curve(der)), der(OCTET_STRING, der)), "EC");
            default -> anyOf(der);
        };
    }

    /// `key` as PKCS#8 in PEM form.
    static String pem(PrivateKey key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static PrivateKey anyOf(byte[] pkcs8) throws GeneralSecurityException {
        var unknown = new GeneralSecurityException("the private key is neither RSA nor EC nor EdDSA");
        for (var algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return read(pkcs8, algorithm);
            } catch (GeneralSecurityException e) {
                unknown.addSuppressed(e);
            }
        }
        throw unknown;
    }

    private static PrivateKey read(byte[] pkcs8, String algorithm) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /// The name of the curve in a SEC 1 key: SEQUENCE { version, key, [0] { curve }, … }.
    private static byte[] curve(byte[] sec1) throws GeneralSecurityException {
        try {
            int at = content(sec1, 0);
            at = next(sec1, at);
            at = next(sec1, at);
            if ((sec1[at] & 0xff) == CURVE) {
                return Arrays.copyOfRange(sec1, content(sec1, at), next(sec1, at));
            }
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new GeneralSecurityException("the EC private key is cut off", e);
        }
        throw new GeneralSecurityException("the EC private key does not name its curve");
    }

    private static int content(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        return at + 2 + (length < 0x80 ? 0 : length & 0x7f);
    }

    private static int next(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        if (length < 0x80) {
            return at + 2 + length;
        }
        int longLength = 0;
        for (int i = 0; i < (length & 0x7f); i++) {
            longLength = (longLength << 8) | (der[at + 2 + i] & 0xff);
        }
        return content(der, at) + longLength;
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length < 0x80) {
            whole.write(length);
        } else if (length < 0x100) {
            whole.write(0x81);
            whole.write(length);
        } else {
            whole.write(0x82);
            whole.write(length >> 8);
            whole.write(length & 0xff);
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
