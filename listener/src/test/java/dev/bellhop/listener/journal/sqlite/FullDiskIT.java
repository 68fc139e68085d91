package dev.bellhop.listener.journal.sqlite;

import static dev.bellhop.listener.journal.Samples.accepted;
import static dev.bellhop.listener.journal.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.NotRemembered;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Remembered;
import dev.bellhop.listener.journal.Samples;
import dev.bellhop.listener.journal.Tried;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full, really: a small file system in memory, which only root may mount.
class FullDiskIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir(cleanup = CleanupMode.NEVER)
    Path mountPoint;

    private final Clock clock = Clock.systemUTC();

    @BeforeEach
    void mount() throws Exception {
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", mountPoint.toString()))
                .as("mounting a small file system needs rights that this machine does not give")
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", mountPoint.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private SqliteJournal open() throws IOException {
        return SqliteJournal.open(SqliteSettings.in(mountPoint), clock);
    }

    /// Appends until the journal says that the disk is full; returns what it acknowledged.
    private List<DeliveryId> fill(SqliteJournal journal) {
        var random = new java.util.Random(1);
        var acknowledged = new ArrayList<DeliveryId>();
        while (true) {
            var bytes = new byte[16_000];
            random.nextBytes(bytes);
            var text = java.util.Base64.getEncoder().encodeToString(bytes);
            switch (Samples.await(journal.append(accepted(event(clock, text), "team-a/build")))) {
                case Appended.Durable durable -> acknowledged.addAll(durable.ids());
                case Appended.Unavailable(var why, var retryAfter) -> {
                    assertThat(why).isEqualTo("the disk is full");
                    assertThat(retryAfter).isPositive();
                    return acknowledged;
                }
            }
        }
    }

    private List<DeliveryId> finishAll(SqliteJournal journal, int count) throws InterruptedException {
        var done = new ArrayList<DeliveryId>();
        while (done.size() < count) {
            var claimed = journal.claim(16, Gate.OPEN, SOON);
            assertThat(claimed).isNotEmpty();
            for (Delivery delivery : claimed) {
                Samples.await(journal.settle(
                        new Tried(delivery, clock.instant(), clock.instant(), new Outcome.Done(List.of()))));
                done.add(delivery.id());
            }
        }
        return done;
    }

    @Test
    void losesNothingAcknowledgedAndGoesOnWorkingUntilItFindsRoomByItself() throws Exception {
        try (var journal = open()) {
            var acknowledged = fill(journal);
            assertThat(acknowledged).hasSizeGreaterThan(200);
            assertThat(journal.status().accepting()).isFalse();
            assertThat(journal.status().why()).contains("the disk is full");
            assertThatThrownBy(() -> Samples.await(journal.remember(new Remembered("u1", Map.of()))))
                    .hasRootCauseInstanceOf(NotRemembered.class).hasStackTraceContaining("the disk is full");

            // Nothing is finished yet, so there is no history to give up; what is finished from now on makes room.
            assertThat(finishAll(journal, acknowledged.size())).isEqualTo(acknowledged);

            await().atMost(SOON).until(() -> journal.status().accepting());
            Samples.append(journal, accepted(event(clock, "again"), "team-a/build"));
        }
    }

    @Test
    void comesBackWhenSomeoneElseMakesRoom() throws Exception {
        var other = mountPoint.resolve("other");
        Files.write(other, new byte[12 << 20]);
        try (var journal = open()) {
            var acknowledged = fill(journal);
            Files.delete(other);
            await().atMost(SOON).until(() -> journal.status().accepting());

            Samples.append(journal, accepted(event(clock, "again"), "team-a/build"));
            assertThat(journal.status().unfinished()).isEqualTo(acknowledged.size() + 1L);
        }
    }

    @Test
    void opensOnAFullDiskAndFinishesWhatWasAccepted() throws Exception {
        List<DeliveryId> acknowledged;
        try (var journal = open()) {
            acknowledged = fill(journal);
        }

        try (var journal = open()) {
            assertThat(new HashSet<>(finishAll(journal, acknowledged.size()))).isEqualTo(new HashSet<>(acknowledged));
            await().atMost(SOON).until(() -> journal.status().accepting());
        }
    }

    @Test
    void opensInTheRoomOfItsBallastWhenThereIsNoOther() throws Exception {
        try (var journal = open()) {
            Samples.append(journal, accepted(event(clock, "before"), "team-a/build"));
        }
        takeAllRoom();

        try (var journal = open()) {
            assertThat(journal.status().why()).contains("the disk is full");
            assertThat(finishAll(journal, 1)).hasSize(1);
        }
    }

    private void takeAllRoom() throws IOException {
        try (var other = Files.newByteChannel(mountPoint.resolve("other"), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            while (Files.getFileStore(mountPoint).getUsableSpace() > 0) {
                other.write(ByteBuffer.allocate(4_096));
            }
        }
    }
}
