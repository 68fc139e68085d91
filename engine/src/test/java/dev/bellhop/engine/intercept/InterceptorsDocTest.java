package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.InterceptorSpec;
import dev.bellhop.engine.intercept.Interceptors.Compiled;
import org.junit.jupiter.api.Test;

/// Holds `docs/interceptors.md` to what the code does.
class InterceptorsDocTest {
    private static final Path PAGE = Path.of("../docs/interceptors.md");
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyExampleCompiles() throws IOException {
        var kinds = new TreeSet<String>();
        for (var example : YAML.matcher(Files.readString(PAGE)).results().map(match -> match.group(1)).toList()) {
            var interceptors = Given.json(Given.jsonOfYaml(example)).path("interceptors");
            assertThat(interceptors.isArray()).as(example).isTrue();
            for (var json : interceptors) {
                var spec = read(json);
                assertThat(Interceptors.compile("spec.interceptors[0]", spec, "team-a")).as(example)
                        .isInstanceOf(Compiled.Sound.class);
                kinds.add(json.path("ref").path("name").asText());
            }
        }
        assertThat(kinds).isEqualTo(Set.of("bitbucket", "cel", "github", "gitlab", "hmac"));
    }

    @Test
    void listsEveryPresetAsItIs() throws IOException {
        var table = Presets.all().entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
        assertThat(Files.readString(PAGE)).contains("""
                | Preset | Sender | Signature | Signed | Time | Key | Checked against |
                |---|---|---|---|---|---|---|
                """ + table + "\n");
    }

    private static String row(String name, Preset preset) {
        var scheme = preset.scheme();
        var digest = scheme.digests().getFirst();
        var key = scheme.secretEncoding() == Encoding.UTF8
                ? "text"
                : scheme.secretEncoding().param() + " after `" + scheme.secretPrefix() + "`";
        return "| `%s` | %s | `%s: %s`, %s | `%s` | %s | %s | %s |%n".formatted(name, preset.sender(), scheme.header(),
                scheme.form(), digest.algorithm().param(), scheme.signed(), time(scheme), key,
                preset.evidence().words());
    }

    private static String time(HmacScheme scheme) {
        return scheme.timestamp().map(time -> "±" + time.tolerance().toSeconds() + " s, " + switch (time.place()) {
            case SignedTimestamp.Place.Header(var header) -> "header `" + header + "`";
            case SignedTimestamp.Place.BesideSignature(var prefix) -> "`" + prefix + "` beside the signature";
            case SignedTimestamp.Place.BodyField(var field) -> "`body." + field + "`";
        }).orElse("–");
    }

    private static InterceptorSpec read(JsonNode json) {
        List<InterceptorSpec.Param> params = new ArrayList<>();
        json.path("params").forEach(
                param -> params.add(new InterceptorSpec.Param(param.path("name").asText(), param.path("value"))));
        return new InterceptorSpec(null, new InterceptorSpec.Ref(json.path("ref").path("name").asText(), null, null),
                params,
                null);
    }
}
