package dev.bellhop.engine.render;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.TriggerTemplateSpec;
import dev.bellhop.engine.bind.Bindings;
import dev.bellhop.engine.bind.ParamValue;
import org.jspecify.annotations.Nullable;

/// The objects of a TriggerTemplate, parsed once and rendered in one pass over the tree: a value is never looked at for
/// expressions again. Immutable.
public final class Template {
    /// Annotations, of any value, under which quotes of values are escaped as before Tekton Triggers 0.10.
    static final Set<String> OLD_ESCAPE_QUOTES = Set.of("triggers.tekton.dev/old-escape-quotes",
            "triggers.bellhop.dev/old-escape-quotes");

    private final String source;
    private final List<String> params;
    private final List<TemplateNode.Mapping> resources;
    private final boolean oldEscapeQuotes;

    private Template(String source, List<String> params, List<TemplateNode.Mapping> resources,
            boolean oldEscapeQuotes) {
        this.source = source;
        this.params = params;
        this.resources = resources;
        this.oldEscapeQuotes = oldEscapeQuotes;
    }

    /// What became of a TriggerTemplate.
    public sealed interface Compiled {
        /// It can be rendered.
        record Sound(Template template) implements Compiled {}

        /// It cannot; `why` has one sentence for each problem.
        record Broken(List<String> why) implements Compiled {}
    }

    /// What came out for one event.
    public sealed interface Rendered {
        /// The objects, in the order of the template. They are the caller's own.
        record Resources(List<ObjectNode> resources) implements Rendered {}

        /// They would not be sound objects.
        record Failed(String why) implements Rendered {}
    }

    /// Compiles `spec`. `source` is where it is written, for messages: `spec.template.spec`, `TriggerTemplate team-a/push`.
    /// `annotations` are those of the TriggerTemplate.
    public static Compiled compile(String source, TriggerTemplateSpec spec, Map<String, String> annotations) {
        var problems = new ArrayList<String>();
        var declared = declared(spec, problems);
        if (spec.resourcetemplates().isEmpty()) {
            problems.add("resourcetemplates: is empty; list the objects to create");
        }
        var parser = new TemplateParser(declared);
        var resources = new ArrayList<TemplateNode.Mapping>();
        for (int i = 0; i < spec.resourcetemplates().size(); i++) {
            parser.resource("resourcetemplates[" + i + "]", spec.resourcetemplates().get(i)).ifPresent(resources::add);
        }
        problems.addAll(parser.problems());
        if (!problems.isEmpty()) {
            return new Compiled.Broken(problems.stream().map(problem -> source + ": " + problem).toList());
        }
        boolean oldEscapeQuotes = OLD_ESCAPE_QUOTES.stream().anyMatch(annotations::containsKey);
        return new Compiled.Sound(new Template(source, parser.params(), List.copyOf(resources), oldEscapeQuotes));
    }

    private static Set<String> declared(TriggerTemplateSpec spec, List<String> problems) {
        var declared = new LinkedHashSet<String>();
        for (int i = 0; i < spec.params().size(); i++) {
            var name = spec.params().get(i).name();
            if (name == null || name.isBlank()) {
                problems.add("params[" + i + "].name: is missing; every param has a name");
            } else if (!declared.add(name)) {
                problems.add("params[" + i + "].name: '" + name + "' is declared twice; take one of them out");
            }
        }
        return declared;
    }

    /// Params that the objects use and that are not in `given`, the names of the values to come. They are no error, as in
    /// Tekton: `$(tt.params.NAME)` stays in the object as it is. Nobody wants that, so it is said in the status.
    public List<String> undeclaredOrUnbound(Set<String> given) {
        return params.stream().filter(param -> !given.contains(param)).toList();
    }

    /// Puts `values` in. `uid` replaces `$(uid)`, the same in all objects.
    public Rendered render(Bindings.Bound.Values values, String uid) {
        var contents = new @Nullable String[params.size()];
        for (int i = 0; i < contents.length; i++) {
            contents[i] = content(values.params().get(params.get(i)));
        }
        var rendering = new Rendering(contents, uid);
        var rendered = new ArrayList<ObjectNode>(resources.size());
        for (int i = 0; i < resources.size(); i++) {
            var resource = resources.get(i).render(rendering);
            require(resource, "apiVersion", i, rendering);
            require(resource, "kind", i, rendering);
            rendered.add(resource);
        }
        return rendering.problems().isEmpty()
                ? new Rendered.Resources(rendered)
                : new Rendered.Failed(source + ": " + String.join("; ", rendering.problems()));
    }

    /// In the text of objects `$(` begins a variable of Tekton Pipelines and others; in values it must not.
    private @Nullable String content(@Nullable ParamValue value) {
        if (value == null) {
            return null;
        }
        var content = oldEscapeQuotes ? value.contentWithEscapedQuotes() : value.content();
        return content.replace("$(", "$$(");
    }

    private static void require(JsonNode resource, String field, int index, Rendering rendering) {
        if (resource.path(field).asText().isBlank()) {
            rendering.fail("resourcetemplates[" + index + "]." + field + ": is empty after its params were put in");
        }
    }
}
