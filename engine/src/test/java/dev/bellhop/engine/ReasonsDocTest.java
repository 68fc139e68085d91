package dev.bellhop.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;

import dev.bellhop.engine.Problem.Reason;
import org.junit.jupiter.api.Test;

/// Holds the closed list of reasons in `docs/kinds/trigger.md` to the code.
class ReasonsDocTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| False \\|");

    @Test
    void thePageOfTriggerListsEveryReason() throws IOException {
        var page = Files.readString(Path.of("../docs/kinds/trigger.md"));
        assertThat(ROW.matcher(page).results().map(match -> match.group(1)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Reason.values()).map(Reason::name).toList());
    }
}
