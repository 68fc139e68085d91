package dev.bellhop.cli.kind;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.action.ActionKind;
import dev.bellhop.api.action.ActionSpec;
import dev.bellhop.engine.intercept.InterceptorKind;
import dev.bellhop.engine.source.SourceTypes;
import dev.bellhop.engine.source.SpecSchema;
import dev.bellhop.listener.source.KnownSources;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/// The kinds of event source, filter and action that this program has, for commands that look at specs and run none of them.
public final class KnownKinds {
    private static final class Sources {
        /// The client is of no cluster, and is never used.
        private static final SourceTypes TYPES = KnownSources
                .of(new KubernetesClientBuilder().withConfig(Config.empty()).build());
    }

    private KnownKinds() {}

    /// The kinds of event source; made when they are asked for first.
    public static SourceTypes sources() {
        return Sources.TYPES;
    }

    /// The kinds of event source for people, those of plug-ins last.
    static List<ListedKind> listedSources() {
        return Stream.concat(sources().builtIn().values().stream(), sources().plugins().values().stream())
                .map(type -> new ListedKind(type.name(), type.description(), ListedKind.fields(type.schema())))
                .toList();
    }

    /// The kinds of interceptor, with their params.
    static List<ListedKind> listedFilters() {
        return InterceptorKind.all().stream()
                .map(kind -> new ListedKind(kind.name(), kind.description(),
                        kind.params().stream()
                                .map(param -> new ListedKind.Field(param.name(), param.type(), param.description()))
                                .toList()))
                .toList();
    }

    /// The kinds of action: the fields of an action that are one.
    static List<ListedKind> listedActions() {
        return Arrays.stream(ActionSpec.class.getRecordComponents())
                .filter(component -> ActionKind.class.isAssignableFrom(component.getType()))
                .map(component -> new ListedKind(fieldOf(component),
                        Objects.requireNonNull(component.getAccessor().getAnnotation(JsonPropertyDescription.class))
                                .value(),
                        ListedKind.fields(SpecSchema.of(component.getType().asSubclass(Record.class)))))
                .toList();
    }

    private static String fieldOf(RecordComponent component) {
        var renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }
}
