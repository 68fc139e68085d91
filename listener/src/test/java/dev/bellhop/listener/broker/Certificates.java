package dev.bellhop.listener.broker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A certificate authority of a test's own, made by the JDK's keytool, and certificates that it signs.
public final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path directory;

    /// What the authority signed: the certificate and its PKCS#8 key, both PEM.
    public record Signed(String certificate, String key, Path keyStore) {}

    public Certificates(Path directory) throws IOException {
        this.directory = directory;
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=test authority", "-keyalg", "EC", "-ext", "bc:c",
                "-keystore", store("ca"), "-storepass", PASSWORD, "-validity", "2");
    }

    /// The authority's certificate.
    public String authority() {
        return pem("CERTIFICATE", () -> read("ca").getCertificate("ca").getEncoded());
    }

    /// A certificate for `host`.
    public Signed sign(String name, String host) throws IOException {
        keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC", "-keystore", store(name),
                "-storepass", PASSWORD, "-validity", "2");
        var request = directory.resolve(name + ".csr").toString();
        var answer = directory.resolve(name + ".crt").toString();
        var authority = directory.resolve("ca.crt").toString();
        keytool("-certreq", "-alias", name, "-file", request, "-keystore", store(name), "-storepass", PASSWORD);
        keytool("-gencert", "-alias", "ca", "-infile", request, "-outfile", answer, "-rfc", "-ext",
                "san=" + (Character.isDigit(host.charAt(0)) ? "ip:" : "dns:") + host, "-keystore", store("ca"),
                "-storepass", PASSWORD, "-validity", "2");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", authority, "-keystore", store("ca"), "-storepass",
                PASSWORD);
        keytool("-importcert", "-noprompt", "-alias", "ca", "-file", authority, "-keystore", store(name), "-storepass",
                PASSWORD);
        keytool("-importcert", "-noprompt", "-alias", name, "-file", answer, "-keystore", store(name), "-storepass",
                PASSWORD);
        return new Signed(pem("CERTIFICATE", () -> read(name).getCertificate(name).getEncoded()),
                pem("PRIVATE KEY", () -> read(name).getKey(name, PASSWORD.toCharArray()).getEncoded()),
                Path.of(store(name)));
    }

    private interface Der {
        byte[] read() throws GeneralSecurityException, IOException;
    }

    private static String pem(String kind, Der der) {
        try {
            return "-----BEGIN " + kind + "-----\n"
                    + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der.read())
                    + "\n-----END " + kind + "-----\n";
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore read(String name) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(Path.of(store(name)).toFile(), PASSWORD.toCharArray());
    }

    private String store(String name) {
        return directory.resolve(name + ".p12").toString();
    }

    private static void keytool(String... arguments) throws IOException {
        var command = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile("keytool", ".out");
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + " failed: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
