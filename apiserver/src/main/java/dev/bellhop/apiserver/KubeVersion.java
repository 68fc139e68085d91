package dev.bellhop.apiserver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The version that a kube-apiserver binary says it is.
record KubeVersion(int major, int minor) {

    private static final Pattern SAID = Pattern.compile("v(\\d+)\\.(\\d+)");

    static KubeVersion of(Path binary) throws IOException {
        Process process = new ProcessBuilder(binary.toString(), "--version").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var version = SAID.matcher(said);
        if (!version.find()) {
            throw new IllegalStateException(
                    "'" + binary + " --version' said '" + said.strip() + "', expected something like v1.30.1");
        }
        return new KubeVersion(Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)));
    }

    boolean isBefore(int otherMajor, int otherMinor) {
        return major < otherMajor || (major == otherMajor && minor < otherMinor);
    }
}
