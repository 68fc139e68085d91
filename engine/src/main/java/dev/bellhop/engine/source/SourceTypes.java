package dev.bellhop.engine.source;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.api.EventSourceSpec;
import dev.bellhop.api.PluginSourceSpec;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.spi.source.EventSourceType;

/// The kinds of event source that this process knows. Immutable.
public final class SourceTypes {
    /// None at all.
    public static final SourceTypes NONE = new SourceTypes(List.of(), List.of(), Optional.empty());

    private static final String PLUGIN = "plugin";
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, null))
            .build();

    private final Map<String, EventSourceType> builtIn;
    private final Map<String, EventSourceType> plugins;
    private final Optional<EventSourceType> remote;

    /// Those that come with Bellhop, each a field of an EventSource's `spec`, and those of others.
    ///
    /// @param remote what reaches plug-ins behind a URL; it is given the whole of `spec.plugin`
    /// @throws IllegalArgumentException when two have one name
    public SourceTypes(Collection<? extends EventSourceType> builtIn, Collection<? extends EventSourceType> plugins,
            Optional<EventSourceType> remote) {
        this.builtIn = byName(builtIn);
        this.plugins = byName(plugins);
        this.remote = remote;
    }

    /// What became of a spec.
    public sealed interface Planned {
        /// It can be started.
        record Sound(SourcePlan plan) implements Planned {}

        /// It cannot; at least one problem.
        record Broken(List<Problem> problems) implements Planned {}
    }

    /// Those that come with Bellhop, by name.
    public Map<String, EventSourceType> builtIn() {
        return builtIn;
    }

    /// Those of others, by name.
    public Map<String, EventSourceType> plugins() {
        return plugins;
    }

    /// Reads which source `spec` names and whether its fields are sound.
    public Planned plan(EventSourceSpec spec) {
        var written = spec.sources();
        if (written.size() != 1) {
            return broken(
                    "spec needs exactly one source (" + String.join(", ", builtIn.keySet()) + " or plugin), but has "
                            + (written.isEmpty() ? "none" : String.join(" and ", written.keySet())));
        }
        var name = written.keySet().iterator().next();
        var source = written.values().iterator().next();
        return source instanceof PluginSourceSpec plugin ? planPlugin(plugin) : planBuiltIn(name, source);
    }

    private Planned planBuiltIn(String name, Object source) {
        var type = builtIn.get(name);
        return type == null
                ? broken("spec." + name + ": this process has no source of that kind, but " + builtIn.keySet())
                : checked("spec." + name, type, JSON.valueToTree(source));
    }

    private Planned planPlugin(PluginSourceSpec plugin) {
        if (plugin.url() != null) {
            return planRemote(plugin);
        }
        if (plugin.tokenSecret() != null || plugin.tls() != null) {
            return broken("spec.plugin has tokenSecret or tls, but no url: they are for a plug-in behind one");
        }
        var name = Objects.requireNonNullElse(plugin.type(), "");
        var type = plugins.get(name);
        if (type == null) {
            return broken("spec.plugin.type '" + name + "' is not known here; "
                    + (plugins.isEmpty()
                            ? "there are no plug-ins: your admin puts their JARs on the class path"
                            : "there are " + plugins.keySet()));
        }
        return checked("spec.plugin.spec", type,
                Objects.requireNonNullElseGet(plugin.spec(), JsonNodeFactory.instance::objectNode));
    }

    private Planned planRemote(PluginSourceSpec plugin) {
        if (plugin.type() != null) {
            return broken("spec.plugin has both type and url: type is for a JAR, url for a service; write one of them");
        }
        return remote.map(type -> checked("spec.plugin", type, JSON.valueToTree(plugin)))
                .orElseGet(() -> broken("spec.plugin.url: this process knows no plug-ins behind URLs"));
    }

    private static Planned checked(String field, EventSourceType type, JsonNode spec) {
        var problems = type.problems(spec);
        return problems.isEmpty()
                ? new Planned.Sound(new SourcePlan(type, spec))
                : new Planned.Broken(problems.stream()
                        .map(why -> new Problem(Reason.InvalidSpec, field + (why.startsWith("[") ? "" : ".") + why))
                        .toList());
    }

    private static Planned broken(String why) {
        return new Planned.Broken(List.of(new Problem(Reason.InvalidSpec, why)));
    }

    private static Map<String, EventSourceType> byName(Collection<? extends EventSourceType> types) {
        var byName = new LinkedHashMap<String, EventSourceType>();
        for (var type : types) {
            var other = byName.putIfAbsent(type.name(), type);
            if (other != null || type.name().equals(PLUGIN)) {
                throw new IllegalArgumentException("event source type '" + type.name() + "' of "
                        + type.getClass().getName()
                        + " has a name that is taken" + (other == null ? "" : " by " + other.getClass().getName()));
            }
        }
        return Collections.unmodifiableMap(byName);
    }
}
