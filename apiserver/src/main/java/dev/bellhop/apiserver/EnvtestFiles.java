package dev.bellhop.apiserver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// What a kube-apiserver reads from disk: the key pair that signs ServiceAccount tokens, and the administrator's token.
/// Made once per data folder; only the owner may read it.
record EnvtestFiles(Path certificates, Path privateKey, Path publicKey, Path tokens) {

    static EnvtestFiles in(Path dataDir) throws IOException {
        var files = new EnvtestFiles(dataDir.resolve("certs"), dataDir.resolve("sa.key"), dataDir.resolve("sa.pub"),
                dataDir.resolve("tokens.csv"));
        if (Files.notExists(files.privateKey) || Files.notExists(files.publicKey)) {
            files.makeKeyPair();
        }
        return files;
    }

    /// The administrator's bearer token, kept between starts.
    static String token(Path dataDir) throws IOException {
        Path file = dataDir.resolve("tokens.csv");
        if (Files.notExists(file)) {
            writePrivately(file, Kubeconfig.newToken() + ",admin,admin,\"system:masters\"\n");
        }
        String line = Files.readString(file);
        return line.substring(0, line.indexOf(','));
    }

    private void makeKeyPair() throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            var pair = generator.generateKeyPair();
            writePrivately(privateKey, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            writePrivately(publicKey, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has RSA", e);
        }
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }
}
