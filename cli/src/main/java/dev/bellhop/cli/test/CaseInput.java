package dev.bellhop.cli.test;

import java.nio.file.Path;
import java.util.Optional;

/// Something that a test brings to the objects of its folder.
sealed interface CaseInput permits RequestFile, EventFile {
    Path file();

    /// The file that holds the body, if it is not in the input's own.
    Optional<Path> bodyFile();

    static CaseInput read(Path file) {
        return CaseFolder.name(file).endsWith(".http") ? RequestFile.read(file) : EventFile.read(file);
    }
}
