package dev.bellhop.engine.intercept;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;

/// The params of an interceptor, or an object among them, read as Go would: names match in any case, `null` is absent.
/// Unlike Go it minds what it does not know: a misspelt `secretRef` must not turn into an interceptor without a check.
/// All problems are collected, each beginning with the path of its field.
final class Fields {
    private final String path;
    private final Map<String, JsonNode> values;
    private final TreeSet<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Fields> below = new ArrayList<>();
    private final List<Problem> problems;

    private Fields(String path, Map<String, JsonNode> values, List<Problem> problems) {
        this.path = path;
        this.values = values;
        this.problems = problems;
    }

    /// Fields at `path`, such as `spec.interceptors[0].params`. A name that occurs twice is a problem.
    static Fields of(String path, Iterable<Map.Entry<String, JsonNode>> entries) {
        return of(path, entries, new ArrayList<>());
    }

    private static Fields of(String path, Iterable<Map.Entry<String, JsonNode>> entries, List<Problem> problems) {
        var values = new TreeMap<String, JsonNode>(String.CASE_INSENSITIVE_ORDER);
        for (var entry : entries) {
            if (values.put(entry.getKey(), entry.getValue()) != null) {
                problems.add(new Problem(Reason.InterceptorInvalid,
                        path + "." + entry.getKey() + " is there twice: leave one out"));
            }
        }
        return new Fields(path, values, problems);
    }

    /// Whether the field is there.
    boolean has(String name) {
        return find(name).isPresent();
    }

    /// A text; one that is empty is a problem.
    Optional<String> text(String name) {
        return find(name).flatMap(value -> filled(name, value));
    }

    /// A text that must be there; `wayOut` says what to write. Empty text stands for one that is not: the problem is noted.
    String required(String name, String wayOut) {
        if (!has(name)) {
            problem(name, "is missing: " + wayOut);
        }
        return text(name).orElse("");
    }

    /// True only if it is there and true.
    boolean flag(String name) {
        return find(name).filter(value -> is(name, value.isBoolean(), "true or false", value))
                .map(JsonNode::booleanValue)
                .orElse(false);
    }

    /// A list of texts, none of them empty; empty when it is absent. A list that is there and empty is a problem, because it says nothing.
    List<String> texts(String name) {
        var texts = new ArrayList<String>();
        var elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            filled(name + "[" + i + "]", elements.get(i)).ifPresent(texts::add);
        }
        return texts;
    }

    /// An object.
    Optional<Fields> object(String name) {
        return find(name).filter(value -> is(name, value.isObject(), "an object", value))
                .map(value -> child(path + "." + name, value));
    }

    /// A list of objects; empty when it is absent. A list that is there and empty is a problem, because it says nothing.
    List<Fields> objects(String name) {
        var objects = new ArrayList<Fields>();
        var elements = elements(name);
        for (int i = 0; i < elements.size(); i++) {
            var element = elements.get(i);
            if (is(name + "[" + i + "]", element.isObject(), "an object", element)) {
                objects.add(child(path + "." + name + "[" + i + "]", element));
            }
        }
        return objects;
    }

    /// Notes that a field is wrong; `why` follows its path in a sentence.
    void problem(String name, String why) {
        problem(Reason.InterceptorInvalid, name, why);
    }

    /// Notes that the CEL expression in a field does not compile; `why` follows the field's path in a sentence.
    void invalidExpression(String name, String why) {
        problem(Reason.ExpressionInvalid, name, why);
    }

    private void problem(Reason reason, String name, String why) {
        problems.add(new Problem(reason, path + "." + name + " " + why));
    }

    /// Notes something about all fields together; `why` follows their path in a sentence.
    void problem(String why) {
        problems.add(new Problem(Reason.InterceptorInvalid, path + " " + why));
    }

    /// Every problem found so far and every field that nobody asked for. To be called last.
    List<Problem> problems() {
        refuseUnknown();
        return List.copyOf(problems);
    }

    private void refuseUnknown() {
        for (var name : values.keySet()) {
            if (!known.contains(name)) {
                problem(name, "is not known here: use " + String.join(", ", known));
            }
        }
        below.forEach(Fields::refuseUnknown);
    }

    private Fields child(String childPath, JsonNode object) {
        var child = of(childPath, object.properties(), problems);
        below.add(child);
        return child;
    }

    private List<JsonNode> elements(String name) {
        var list = find(name).filter(value -> is(name, value.isArray(), "a list", value));
        var elements = new ArrayList<JsonNode>();
        list.ifPresent(array -> array.forEach(elements::add));
        if (list.isPresent() && elements.isEmpty()) {
            problem(name, "is an empty list: fill it or leave it out");
        }
        return elements;
    }

    private Optional<JsonNode> find(String name) {
        known.add(name);
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isNull());
    }

    private Optional<String> filled(String name, JsonNode value) {
        if (!is(name, value.isTextual(), "a string", value)) {
            return Optional.empty();
        }
        if (value.textValue().isEmpty()) {
            problem(name, "is empty: give it a value or leave it out");
            return Optional.empty();
        }
        return Optional.of(value.textValue());
    }

    private boolean is(String name, boolean right, String wanted, JsonNode value) {
        if (!right) {
            problem(name, "must be " + wanted + ", not " + kind(value));
        }
        return right;
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "an object";
            case ARRAY -> "a list";
            case STRING, BINARY -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "nothing";
        };
    }
}
