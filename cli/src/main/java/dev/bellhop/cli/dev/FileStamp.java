package dev.bellhop.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// By these two a file is taken to be unchanged.
record FileStamp(long modified, long size) {
    static FileStamp of(Path file) throws IOException {
        return new FileStamp(Files.getLastModifiedTime(file).toMillis(), Files.size(file));
    }
}
