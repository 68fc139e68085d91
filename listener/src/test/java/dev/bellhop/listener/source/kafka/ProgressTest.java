package dev.bellhop.listener.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress progress = new Progress(5);

    @Test
    void commitsNothingBeforeTheFirstIsKept() {
        progress.taken(5);
        progress.taken(6);
        progress.kept(6);
        assertThat(progress.due()).isEmpty();
    }

    @Test
    void commitsUpToTheFirstThatIsOpen() {
        progress.taken(5);
        progress.taken(9);
        progress.taken(10);
        progress.kept(5);
        progress.kept(10);
        assertThat(progress.due()).hasValue(9);
        progress.committed(9);
        assertThat(progress.due()).isEmpty();
        progress.kept(9);
        assertThat(progress.due()).hasValue(11);
    }
}
