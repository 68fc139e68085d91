package dev.bellhop.listener.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few rounds of [CrashRounds], whose `main` runs as many as wanted.
class CrashIT {
    @TempDir
    Path directory;

    @Test
    void losesNothingAcknowledgedWhenItIsKilled() throws Exception {
        var sums = CrashRounds.run(directory, 5, new Random());

        System.out.println(sums);
        assertThat(sums.acknowledged()).isPositive();
        assertThat(sums.done()).isPositive();
        assertThat(sums.lost()).isZero();
        assertThat(sums.undone()).isZero();
        assertThat(sums.twice()).isZero();
    }
}
