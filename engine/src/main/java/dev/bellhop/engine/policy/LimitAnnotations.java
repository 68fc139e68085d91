package dev.bellhop.engine.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.bellhop.api.LimitsSpec;
import org.jspecify.annotations.Nullable;

/// Limits in the annotations of a Namespace, which belongs to the admin: `bellhop.dev/limit-…` for the namespace as a
/// whole, `bellhop.dev/limit-trigger-…` for each of its Triggers. They stand in for what the EventListener says, whether
/// it is more or less; `none` takes a limit away. One that is wrong counts as absent: it must not harm the tenant.
public final class LimitAnnotations {
    /// What all their names begin with.
    public static final String PREFIX = "bellhop.dev/limit-";

    private static final String NONE = "none";
    private static final String TRIGGER = "trigger-";
    private static final Pattern HUMP = Pattern.compile("([A-Z])");
    /// What stands in an annotation for the name of a field.
    private static final Map<String, String> NAMES = names();

    private final Map<String, String> annotations;
    private final String prefix;
    private final List<String> warnings;

    private LimitAnnotations(Map<String, String> annotations, String prefix, List<String> warnings) {
        this.annotations = annotations;
        this.prefix = prefix;
        this.warnings = warnings;
    }

    /// What holds in a namespace.
    ///
    /// @param warnings sentences about annotations that are wrong
    public record Effective(AdminLimits limits, List<String> warnings) {}

    /// What holds in a namespace with these `annotations`, for which its EventListeners allow `defaults`.
    public static Effective over(AdminLimits defaults, Map<String, String> annotations) {
        var ours = new TreeMap<String, String>();
        annotations.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                ours.put(name, value.strip());
            }
        });
        if (ours.isEmpty()) {
            return new Effective(defaults, List.of());
        }
        var warnings = new ArrayList<String>();
        var known = all();
        ours.keySet().stream().filter(name -> !known.contains(name))
                .forEach(name -> warnings.add(name + " is not known: use one of " + String.join(", ", known)));
        var limits = new AdminLimits(
                new LimitAnnotations(ours, PREFIX, warnings).over(defaults.perNamespace()),
                new LimitAnnotations(ours, PREFIX + TRIGGER, warnings).over(defaults.perTrigger()));
        return new Effective(limits, List.copyOf(warnings));
    }

    private static Map<String, String> names() {
        var names = new LinkedHashMap<String, String>();
        for (var field : LimitsSpec.class.getRecordComponents()) {
            names.put(field.getName(), HUMP.matcher(field.getName()).replaceAll("-$1").toLowerCase(Locale.ROOT));
        }
        return Collections.unmodifiableMap(names);
    }

    /// All annotations, for messages and the documentation.
    static List<String> all() {
        return Stream.of(PREFIX, PREFIX + TRIGGER).flatMap(prefix -> NAMES.values().stream().map(prefix::concat))
                .toList();
    }

    private Limits over(Limits defaults) {
        var reader = new LimitsReader((field, why) -> warnings.add(prefix + NAMES.get(field) + " " + why));
        var said = reader.read(new LimitsSpec(written("eventsPerSecond", Double::valueOf),
                written("burst", Integer::valueOf), written("concurrency", Integer::valueOf),
                written("queuedEvents", Long::valueOf), written("queuedBytes", text -> text)));
        return new Limits(limit("eventsPerSecond", said.rate(), defaults.rate()),
                limit("concurrency", said.concurrency(), defaults.concurrency()),
                limit("queuedEvents", said.queuedEvents(), defaults.queuedEvents()),
                limit("queuedBytes", said.queuedBytes(), defaults.queuedBytes()));
    }

    private <T> Optional<T> limit(String field, Optional<T> said, Optional<T> otherwise) {
        return text(field).equals(NONE) ? Optional.empty() : said.or(() -> otherwise);
    }

    private <T> @Nullable T written(String field, Function<String, T> read) {
        var text = text(field);
        if (text.isEmpty() || text.equals(NONE)) {
            return null;
        }
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            warnings.add(prefix + NAMES.get(field) + " '" + text + "' is no such number: write one, or " + NONE);
            return null;
        }
    }

    private String text(String field) {
        return annotations.getOrDefault(prefix + NAMES.get(field), "");
    }
}
