package dev.bellhop.cli.convert.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.bellhop.cli.convert.draft.Cel;

/// A place in an event as CEL reaches it.
///
/// @param certain what is always there, such as `body` or `event.type`
/// @param steps   from there on
/// @param known   whether its value is always text
/// @param guard   a condition for `certain` to be there after all; empty for none
/// @param fixed   its value, if that is the same for every event
public record Place(String certain, List<Step> steps, boolean known, String guard, Optional<String> fixed) {
    private static final List<String> TEXTS = List.of("labels", "annotations");

    /// A place whose value depends on the event.
    public Place(String certain, List<Step> steps, boolean known, String guard) {
        this(certain, List.copyOf(steps), known, guard, Optional.empty());
    }

    /// A text that is the same for every event.
    public static Place fixed(String value) {
        return new Place(Cel.quote(value), List.of(), true, "", Optional.of(value));
    }

    /// A place that may be missing, of unknown type.
    public static Place of(String certain, List<Step> steps) {
        return new Place(certain, steps, false, "");
    }

    /// Something that is always there, and text.
    public static Place text(String cel) {
        return new Place(cel, List.of(), true, "");
    }

    /// Something that is always there.
    public static Place always(String cel) {
        return new Place(cel, List.of(), false, "");
    }

    /// The value at `path` of a Kubernetes object, which has a name, a kind and an apiVersion for certain.
    public static Place inObject(String root, List<Step> path) {
        var names = path.stream().map(step -> step instanceof Step.Name(var name) ? name : "").toList();
        if (path.size() == 1 && List.of("kind", "apiVersion").contains(names.getFirst())) {
            return text(root + "." + names.getFirst());
        }
        if (path.isEmpty() || !names.getFirst().equals("metadata")) {
            return of(root, path);
        }
        if (path.size() == 2 && List.of("name", "uid", "resourceVersion", "creationTimestamp").contains(names.get(1))) {
            return text(root + ".metadata." + names.get(1));
        }
        boolean text = path.size() == 3
                ? TEXTS.contains(names.get(1))
                : path.size() == 2 && List.of("namespace", "generateName").contains(names.get(1));
        return new Place(root + ".metadata", path.subList(1, path.size()), text, "");
    }

    /// The expression that reads it.
    public String cel() {
        var cel = certain;
        for (var step : steps) {
            cel = switch (step) {
                case Step.Name(var name) -> Cel.field(cel, name);
                case Step.Index(var index) -> cel + "[" + index + "]";
            };
        }
        return cel;
    }

    /// The expression that reads it, or gives `otherwise`, which is CEL, where it is missing.
    public String orValue(String otherwise) {
        if (!guard.isEmpty()) {
            return "(" + guard + " ? " + cel() + " : " + otherwise + ")";
        }
        return steps.isEmpty() ? cel() : optional() + ".orValue(" + otherwise + ")";
    }

    private String optional() {
        return certain + steps.stream().map(step -> switch (step) {
            case Step.Name(var name) when Cel.isName(name) -> ".?" + name;
            case Step.Name(var name) -> "[?" + Cel.quote(name) + "]";
            case Step.Index(var index) -> "[?" + index + "]";
        }).collect(Collectors.joining());
    }

    /// The conditions for it to be there.
    public List<String> guards() {
        var guards = new ArrayList<String>();
        if (!guard.isEmpty()) {
            guards.add(guard);
        }
        boolean plain = steps.size() <= 2 && steps.stream().allMatch(Step.Name.class::isInstance);
        if (!plain) {
            guards.add(optional() + ".hasValue()");
            return guards;
        }
        var so = certain;
        for (var step : steps) {
            if (step instanceof Step.Name(var name)) {
                guards.add(Cel.isName(name) ? "has(" + so + "." + name + ")" : Cel.quote(name) + " in " + so);
                so = Cel.field(so, name);
            }
        }
        return guards;
    }

    /// Whether it is there, as one expression; empty when it always is.
    public Optional<String> exists() {
        return guards().isEmpty() ? Optional.empty() : Optional.of(String.join(" && ", guards()));
    }
}
