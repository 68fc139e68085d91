package dev.bellhop.listener.journal.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.bellhop.listener.journal.Appended;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Appended.Unavailable SLOW = new Appended.Unavailable("slow", Duration.ofSeconds(1));

    @Test
    void answersWhatWaitsTooLong() {
        try (var patience = new Patience(Duration.ofMillis(30), SLOW)) {
            List<CompletableFuture<Appended>> appends = Stream.generate(CompletableFuture<Appended>::new).limit(3)
                    .toList();

            patience.start();
            appends.forEach(patience::watch);

            assertThat(appends).allSatisfy(append -> assertThat(append.join()).isEqualTo(SLOW));
        }
    }

    @Test
    void leavesAloneWhatWasAnswered() {
        var durable = new Appended.Durable(List.of());
        try (var patience = new Patience(Duration.ofMillis(30), SLOW)) {
            var answered = new CompletableFuture<Appended>();
            var late = new CompletableFuture<Appended>();
            patience.start();
            patience.watch(answered);
            patience.watch(late);

            answered.complete(durable);

            assertThat(late.join()).isEqualTo(SLOW);
            assertThat(answered.join()).isEqualTo(durable);
        }
    }
}
