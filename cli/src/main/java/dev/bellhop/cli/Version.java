package dev.bellhop.cli;

import java.util.Objects;

import picocli.CommandLine.IVersionProvider;

/// What `bellhop --version` prints.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        // Only a jar knows its version; classes in a folder are somebody's working copy.
        var version = Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(unpackaged)");
        return new String[]{"bellhop " + version + ", Java " + Runtime.version()};
    }
}
