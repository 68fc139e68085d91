package dev.bellhop.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.policy.Concurrency.Policy;
import org.junit.jupiter.api.Test;

/// Holds `docs/delivery.md` to what the code does.
class DeliveryPageTest {
    private static final Path PAGE = Path.of("../docs/delivery.md");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ANNOTATION = Pattern.compile("`(bellhop\\.dev/limit-[a-z-]+)`");

    @Test
    void everyExampleCompiles() throws IOException {
        var kinds = new HashSet<String>();
        for (var example : YAML.matcher(page()).results().map(match -> match.group(1)).toList()) {
            var json = Policies.read(example, JsonNode.class);
            var spec = json.path("spec").toString();
            switch (json.path("kind").asText()) {
                case "", "Trigger" -> assertThat(problems(spec)).as(example).isEmpty();
                case "EventListener" -> assertThat(Policies.admin(json.at("/spec/limits").toString())).isNotNull();
                case "Namespace" -> assertThat(warnings(json.at("/metadata/annotations"))).as(example).isEmpty();
                default -> throw new AssertionError(example);
            }
            kinds.add(json.path("kind").asText());
        }
        assertThat(kinds).isEqualTo(Set.of("", "Trigger", "EventListener", "Namespace"));
    }

    @Test
    void theDefaultsAreThoseOfTheExample() throws IOException {
        var example = YAML.matcher(page()).results().map(match -> match.group(1))
                .filter(text -> text.contains("maxAttempts: 12")).findFirst().orElseThrow();
        assertThat(Policies.sound(Policies.read(example, JsonNode.class).path("spec").toString()).retry())
                .isEqualTo(Retry.DEFAULT);
    }

    @Test
    void listsEverySenderInTheOrderInWhichItIsAsked() throws IOException {
        assertThat(page()).contains("<!-- senders -->\n| Sender | Its id |\n|---|---|\n" + SenderIds.ALL.stream()
                .map(rule -> "| " + rule.sender() + " | " + rule.place() + " |\n").collect(Collectors.joining())
                + "<!-- /senders -->");
    }

    @Test
    void listsEveryAnnotationAndEveryPolicy() throws IOException {
        assertThat(ANNOTATION.matcher(page()).results().map(match -> match.group(1)))
                .containsExactlyInAnyOrderElementsOf(LimitAnnotations.all());
        for (var policy : Policy.values()) {
            assertThat(page()).contains("| `" + policy.written() + "`");
        }
    }

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    private static Iterable<Problem> problems(String spec) {
        var problems = new ArrayList<Problem>();
        Policies.compile(spec, problems);
        return problems;
    }

    private static Iterable<String> warnings(JsonNode annotations) {
        return LimitAnnotations.over(AdminLimits.DEFAULT, annotations.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asText()))).warnings();
    }
}
