package dev.bellhop.engine.intercept;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.bellhop.api.InterceptorSpec;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import org.jspecify.annotations.Nullable;

/// Compiles what a Trigger says about an interceptor into an [Interceptor]. What is not understood is an error and never
/// ignored: it may have been meant as a check.
public final class Interceptors {
    private static final Map<String, Kind> KINDS = kinds();

    private Interceptors() {}

    /// What compiling gave.
    public sealed interface Compiled {
        /// An interceptor that can run.
        record Sound(Interceptor interceptor) implements Compiled {}

        /// None; every problem found is told, at least one.
        record Broken(List<Problem> problems) implements Compiled {}
    }

    /// Makes one kind of interceptor; empty only when it noted a problem.
    @FunctionalInterface
    private interface Kind {
        Optional<Interceptor> compile(String name, Fields params, String namespace);
    }

    private static Map<String, Kind> kinds() {
        var kinds = new LinkedHashMap<String, Kind>();
        kinds.put("github", (name, params, namespace) -> Optional.of(Senders.github(name, params, namespace)));
        kinds.put("gitlab", (name, params, namespace) -> Optional.of(Senders.gitlab(name, params, namespace)));
        kinds.put("bitbucket", (name, params, namespace) -> Optional.of(Senders.bitbucket(name, params, namespace)));
        kinds.put("hmac", HmacParams::compile);
        kinds.put("cel", CelInterceptor::compile);
        return kinds;
    }

    /// Compiles `spec`, which stands at `path`, such as `spec.interceptors[0]`, of a Trigger in `namespace`.
    public static Compiled compile(String path, InterceptorSpec spec, String namespace) {
        var ref = spec.ref();
        var refusal = refusal(path, spec);
        if (refusal.isPresent()) {
            return broken(refusal.get());
        }
        var kindName = text(ref == null ? null : ref.name());
        var kind = KINDS.get(kindName);
        if (kind == null) {
            return broken(unknown(path, kindName));
        }
        var problems = new ArrayList<Problem>();
        var params = Fields.of(path + ".params", entries(path, spec.params(), problems));
        var interceptor = kind.compile(text(spec.name()).isEmpty() ? kindName : text(spec.name()), params, namespace);
        problems.addAll(params.problems());
        if (problems.isEmpty()) {
            return interceptor.<Compiled>map(Compiled.Sound::new)
                    .orElseThrow(() -> new IllegalStateException(path + " gave neither an interceptor nor a problem"));
        }
        return new Compiled.Broken(List.copyOf(problems));
    }

    private static Compiled broken(String why) {
        return new Compiled.Broken(List.of(new Problem(Reason.InterceptorInvalid, why)));
    }

    private static Optional<String> refusal(String path, InterceptorSpec spec) {
        if (spec.webhook() != null && !spec.webhook().isNull()) {
            return Optional.of(path + ".webhook is Tekton's legacy webhook interceptor, which is not supported: use "
                    + "ref.name with one of " + names());
        }
        var ref = spec.ref();
        if (ref == null || text(ref.name()).isEmpty()) {
            return Optional.of(path + ".ref.name is missing: use one of " + names());
        }
        return switch (text(ref.kind())) {
            case "", "ClusterInterceptor" -> Optional.empty();
            case "NamespacedInterceptor" ->
                Optional.of(path + ".ref.kind NamespacedInterceptor, an interceptor of your "
                        + "own, is not supported: use ref.name with one of " + names() + ", and leave kind out");
            default -> Optional
                    .of(path + ".ref.kind '" + ref.kind() + "' is not known: use ClusterInterceptor or leave it out");
        };
    }

    private static String unknown(String path, String kindName) {
        var wayOut = kindName.equals("slack")
                ? "is not supported, because Tekton's verifies no signature: use hmac with preset slack"
                : "is not known: use one of " + names();
        return path + ".ref.name '" + kindName + "' " + wayOut;
    }

    private static List<Map.Entry<String, JsonNode>> entries(String path, List<InterceptorSpec.Param> params,
            List<Problem> problems) {
        var entries = new ArrayList<Map.Entry<String, JsonNode>>();
        for (int i = 0; i < params.size(); i++) {
            var param = params.get(i);
            if (text(param.name()).isEmpty()) {
                problems.add(new Problem(Reason.InterceptorInvalid,
                        path + ".params[" + i + "].name is missing: name the param"));
            } else {
                var value = param.value();
                entries.add(Map.entry(text(param.name()), value == null ? NullNode.getInstance() : value));
            }
        }
        return entries;
    }

    private static String names() {
        return String.join(", ", KINDS.keySet());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
