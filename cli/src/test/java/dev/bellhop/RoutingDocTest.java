package dev.bellhop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.http.Answer;
import org.junit.jupiter.api.Test;

/// Holds the table of answers in `docs/routing.md` to the code.
class RoutingDocTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d{3}) \\| `(\\w+)` \\|");

    @Test
    void thePageListsEveryAnswerWithItsStatus() throws IOException {
        var page = Files.readString(Path.of("../docs/routing.md"));
        var answers = Stream.of(new Answer.Accepted(EventId.at(Instant.EPOCH, new Random(1))),
                new Answer.BadRequest(""), new Answer.NotAuthenticated(""), new Answer.Forbidden(""),
                new Answer.NotFound(), new Answer.MethodNotAllowed(), new Answer.TooSlow(Duration.ZERO),
                new Answer.TooLarge(0), new Answer.EncodingNotSupported(""),
                new Answer.TooMany("", Duration.ZERO), new Answer.Broken(),
                new Answer.Unavailable("", Duration.ZERO)).toList();
        assertThat(answers).hasSize(Answer.class.getPermittedSubclasses().length);
        assertThat(ROW.matcher(page).results().map(row -> row.group(1) + " " + row.group(2)))
                .containsExactlyElementsOf(answers.stream()
                        .map(answer -> answer.status() + " " + answer.getClass().getSimpleName()).toList());
    }
}
