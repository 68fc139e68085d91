package dev.bellhop.engine.trigger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import dev.bellhop.api.BindingParam;
import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.InterceptorSpec;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.api.TemplateParam;
import dev.bellhop.api.TemplateRef;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerBindingSpec;
import dev.bellhop.api.TriggerTemplate;
import dev.bellhop.api.TriggerTemplateSpec;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.action.ActionCompiler;
import dev.bellhop.engine.action.Actions;
import dev.bellhop.engine.bind.Bindings;
import dev.bellhop.engine.bind.SourcedParam;
import dev.bellhop.engine.conditions.Conditions;
import dev.bellhop.engine.conditions.ConditionsCompiler;
import dev.bellhop.engine.intercept.Interceptor;
import dev.bellhop.engine.intercept.Interceptors;
import dev.bellhop.engine.policy.DeliveryPolicy;
import dev.bellhop.engine.policy.PolicyCompiler;
import dev.bellhop.engine.render.Template;
import org.jspecify.annotations.Nullable;

/// Compiles Triggers: looks up what they name and compiles every expression, once. All problems are told together.
public final class TriggerCompiler {
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

    /// Compiles one Trigger.
    public Compilation compile(Definition definition, References references) {
        var problems = new ArrayList<Problem>();
        var namespace = definition.name().namespace();
        nameProblem(definition.field().equals("spec") ? "metadata.name" : definition.field() + ".name",
                definition.name().name()).ifPresent(problems::add);
        var interceptors = interceptors(definition.interceptors(), namespace, definition.field(), problems);
        var params = params(definition, references, problems);
        var source = template(definition, references, problems);
        var bindings = bindings(params, source.map(found -> found.spec().params()).orElse(List.of()), problems);
        var template = source.flatMap(found -> template(found, problems));
        var actions = ActionCompiler.compile(definition.actions(), definition.field(), namespace, problems);
        var policy = PolicyCompiler.compile(definition.delivery(), definition.field(), namespace, problems);
        var deadLetter = definition.delivery().deadLetter();
        var deadLetterActions = deadLetter == null
                ? Actions.NONE
                : ActionCompiler.compileDeadLetter(deadLetter.actions(), definition.field(), namespace, problems);
        var conditions = conditions(definition, policy, problems);
        if (!problems.isEmpty() || bindings.isEmpty()) {
            return new Compilation.Broken(List.copyOf(problems));
        }
        var trigger = CompiledTrigger.of(definition.name(), definition.uid(), definition.labels(),
                Optional.ofNullable(definition.serviceAccount()).filter(account -> !account.isEmpty()),
                interceptors, bindings.get(), template, actions,
                conditions.isEmpty() ? policy : policy.oneAtATime(), deadLetterActions, conditions);
        return new Compilation.Sound(trigger, template.isEmpty() || source.isEmpty()
                ? List.of()
                : warnings(template.get(), params, source.get().spec()));
    }

    private static Optional<Conditions> conditions(Definition definition, DeliveryPolicy policy,
            List<Problem> problems) {
        if (definition.conditions() == null) {
            return Optional.empty();
        }
        if (policy.concurrency().isPresent()) {
            problems.add(new Problem(Reason.InvalidSpec, definition.field()
                    + ".concurrency: a Trigger with conditions handles one event at a time anyway: leave it out"));
        }
        return ConditionsCompiler.compile(definition.conditions(), definition.field() + ".conditions",
                definition.name().namespace(), problems);
    }

    /// What is wrong with a name that created objects are to carry as a label.
    public static Optional<Problem> nameProblem(String field, String name) {
        return LABEL_VALUE.matcher(name).matches()
                ? Optional.empty()
                : Optional.of(new Problem(Reason.InvalidSpec, field + " '" + name + "' cannot be the value of a label, "
                        + "which created objects carry: use at most 63 letters, digits, '-', '_' and '.', and begin and "
                        + "end with a letter or digit"));
    }

    /// Params that the template uses and nothing gives stay in the created objects as `$(tt.params.NAME)`, as in Tekton.
    private static List<String> warnings(Template template, List<SourcedParam> params, TriggerTemplateSpec spec) {
        var given = new HashSet<String>();
        params.forEach(param -> given.add(param.name()));
        for (var param : spec.params()) {
            if (param.name() != null && param.defaultValue() != null) {
                given.add(param.name());
            }
        }
        return template.undeclaredOrUnbound(given).stream()
                .map(name -> "the template uses $(tt.params." + name
                        + "), which no binding and no default gives: it stays as it is")
                .toList();
    }

    /// Compiles a chain of interceptors whose Secrets are in `namespace`; what is wrong goes to `problems`.
    public List<Interceptor> interceptors(List<InterceptorSpec> specs, String namespace, String field,
            List<Problem> problems) {
        var interceptors = new ArrayList<Interceptor>();
        for (int i = 0; i < specs.size(); i++) {
            switch (Interceptors.compile(field + ".interceptors[" + i + "]", specs.get(i), namespace)) {
                case Interceptors.Compiled.Sound(var interceptor) -> interceptors.add(interceptor);
                case Interceptors.Compiled.Broken(var why) -> problems.addAll(why);
            }
        }
        return List.copyOf(interceptors);
    }

    private static List<SourcedParam> params(Definition definition, References references, List<Problem> problems) {
        var params = new ArrayList<SourcedParam>();
        for (int i = 0; i < definition.bindings().size(); i++) {
            var binding = definition.bindings().get(i);
            var field = definition.field() + ".bindings[" + i + "]";
            var ref = Objects.requireNonNullElse(binding.ref(), "");
            var name = Objects.requireNonNullElse(binding.name(), "");
            if (ref.isEmpty() == name.isEmpty()) {
                problems.add(new Problem(Reason.InvalidSpec, field + (ref.isEmpty()
                        ? " is empty: write ref, or name and value"
                        : " has both ref '" + ref + "' and name '" + name + "': write one of them")));
            } else if (ref.isEmpty()) {
                if (binding.value() == null) {
                    problems.add(new Problem(Reason.InvalidSpec, field + ".value is missing for param '" + name + "'"));
                } else {
                    params.add(new SourcedParam(field + ".value", name, binding.value()));
                }
            } else {
                var kind = Objects.requireNonNullElse(binding.kind(), "");
                switch (kind) {
                    case "", "TriggerBinding" -> {
                        var target = new ObjectName(definition.name().namespace(), ref);
                        var found = references.binding(target);
                        addParams(field, "TriggerBinding " + target, found,
                                found == null ? null : contentOf(found, "TriggerBinding", TriggerBinding::getSpec),
                                params, problems);
                    }
                    case "ClusterTriggerBinding" -> {
                        var found = references.clusterBinding(ref);
                        addParams(field, "ClusterTriggerBinding " + ref, found,
                                found == null ? null : contentOf(found, kind, ClusterTriggerBinding::getSpec),
                                params, problems);
                    }
                    default -> problems.add(new Problem(Reason.InvalidSpec, field + ".kind '" + kind
                            + "' is not a kind of binding: write TriggerBinding or ClusterTriggerBinding"));
                }
            }
        }
        return List.copyOf(params);
    }

    /// The spec of an object that was read, or what is wrong with it.
    private record Content<S>(@Nullable S spec, List<String> problems) {}

    private static <T, S> Content<S> contentOf(Read<T> read, String kind,
            Function<T, @Nullable S> spec) {
        return switch (read) {
            case Read.Understood<T>(var object, var unknown) -> new Content<>(spec.apply(object),
                    unknown.stream().map(field -> field + " is not a field of " + kind).toList());
            case Read.Unreadable<T>(var why) -> new Content<>(null, List.of(why));
        };
    }

    private static void addParams(String field, String target, @Nullable Read<?> found,
            @Nullable Content<TriggerBindingSpec> content, List<SourcedParam> params, List<Problem> problems) {
        if (found == null || content == null) {
            problems.add(new Problem(Reason.ReferenceMissing, field + ".ref: " + target + " does not exist"));
            return;
        }
        for (var problem : content.problems()) {
            problems.add(new Problem(Reason.BindingInvalid, target + ": " + problem));
        }
        if (content.spec() == null) {
            if (content.problems().isEmpty()) {
                problems.add(new Problem(Reason.BindingInvalid, target + ": spec is missing"));
            }
            return;
        }
        for (BindingParam param : content.spec().params()) {
            if (param.name() == null || param.name().isEmpty() || param.value() == null) {
                problems.add(new Problem(Reason.BindingInvalid,
                        target + ": every item of spec.params needs name and value"));
            } else {
                params.add(new SourcedParam(target + " param '" + param.name() + "'", param.name(), param.value()));
            }
        }
    }

    /// A template's spec, where it stands, and the annotations of the object it stands in.
    private record TemplateSource(String where, TriggerTemplateSpec spec, Map<String, String> annotations) {}

    private static Optional<TemplateSource> template(Definition definition, References references,
            List<Problem> problems) {
        var field = definition.field() + ".template";
        TemplateRef template = definition.template();
        var ref = template == null ? "" : Objects.requireNonNullElse(template.ref(), "");
        var spec = template == null ? null : template.spec();
        if (template == null && !definition.actions().isEmpty()) {
            return Optional.empty();
        }
        if (ref.isEmpty() == (spec == null)) {
            problems.add(new Problem(Reason.InvalidSpec, spec == null
                    ? field + " is missing: write template.ref or template.spec, or actions"
                    : field + " has both ref '" + ref + "' and spec: write one of them"));
            return Optional.empty();
        }
        if (spec != null) {
            return Optional.of(new TemplateSource(field + ".spec", spec, Map.of()));
        }
        var target = new ObjectName(definition.name().namespace(), ref);
        var stored = references.template(target);
        if (stored == null) {
            problems.add(new Problem(Reason.ReferenceMissing,
                    field + ".ref: TriggerTemplate " + target + " does not exist"));
            return Optional.empty();
        }
        var content = contentOf(stored, "TriggerTemplate", TriggerTemplate::getSpec);
        for (var problem : content.problems()) {
            problems.add(new Problem(Reason.TemplateInvalid, "TriggerTemplate " + target + ": " + problem));
        }
        if (content.spec() == null) {
            if (content.problems().isEmpty()) {
                problems.add(new Problem(Reason.TemplateInvalid, "TriggerTemplate " + target + ": spec is missing"));
            }
            return Optional.empty();
        }
        return Optional.of(new TemplateSource("TriggerTemplate " + target, content.spec(), annotations(stored)));
    }

    private static Map<String, String> annotations(Read<TriggerTemplate> template) {
        return switch (template) {
            case Read.Understood<TriggerTemplate>(var object, var _) -> Objects
                    .requireNonNullElse(object.getMetadata().getAnnotations(), Map.of());
            case Read.Unreadable<TriggerTemplate> _ -> Map.of();
        };
    }

    private static Optional<Bindings> bindings(List<SourcedParam> params, List<TemplateParam> declared,
            List<Problem> problems) {
        return switch (Bindings.compile(params, declared)) {
            case Bindings.Compiled.Sound(var bindings) -> Optional.of(bindings);
            case Bindings.Compiled.Broken(var why) -> {
                why.forEach(message -> problems.add(new Problem(Reason.BindingInvalid, message)));
                yield Optional.empty();
            }
        };
    }

    private static Optional<Template> template(TemplateSource source, List<Problem> problems) {
        return switch (Template.compile(source.where(), source.spec(), source.annotations())) {
            case Template.Compiled.Sound(var template) -> Optional.of(template);
            case Template.Compiled.Broken(var why) -> {
                why.forEach(message -> problems.add(new Problem(Reason.TemplateInvalid, message)));
                yield Optional.empty();
            }
        };
    }
}
