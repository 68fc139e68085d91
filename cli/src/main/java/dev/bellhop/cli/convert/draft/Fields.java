package dev.bellhop.cli.convert.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The fields of one JSON object of the input. Whoever reads a field takes it; what nobody took is reported at the end, so that
/// nothing gets lost in silence.
public final class Fields {
    private static final String NO_COUNTERPART = "there is nothing like it here; leave it out, or say what it did in another way";

    private final ObjectNode json;
    private final String path;
    private final Report report;
    private final Set<String> taken = new HashSet<>();
    private final List<Fields> inner = new ArrayList<>();

    /// The fields of `json`, which lies at `path`; empty for the object itself.
    public Fields(ObjectNode json, String path, Report report) {
        this.json = json;
        this.path = path;
        this.report = report;
    }

    /// Where this object lies.
    public String path() {
        return path;
    }

    /// Where its field `name` lies.
    public String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// Where findings go.
    public Report report() {
        return report;
    }

    /// The whole object, for what is taken over as it is.
    public ObjectNode whole() {
        takeAll();
        return json;
    }

    /// Names of all fields that are there, in order.
    public Set<String> names() {
        var names = new LinkedHashSet<String>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// Whether `name` is there, without taking it.
    public boolean has(String name) {
        return json.hasNonNull(name);
    }

    /// Takes whatever `name` holds; empty when it is absent or null.
    public Optional<JsonNode> any(String name) {
        taken.add(name);
        return Optional.ofNullable(json.get(name)).filter(value -> !value.isNull());
    }

    /// Takes a scalar as text; empty when it is absent or empty.
    public Optional<String> text(String name) {
        return any(name).filter(value -> value.isValueNode() || misfit(name, value, "a text"))
                .map(JsonNode::asText).filter(text -> !text.isEmpty());
    }

    /// Takes true or false.
    public boolean flag(String name) {
        return text(name).map(Boolean::parseBoolean).orElse(false);
    }

    /// Takes an integer.
    public OptionalInt integer(String name) {
        var text = text(name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.get().matches("-?\\d{1,9}")) {
            report.lost(path(name), text.get(), "a whole number is expected here");
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(text.get()));
    }

    /// Takes a list of texts.
    public List<String> texts(String name) {
        return items(name).stream().map(JsonNode::asText).toList();
    }

    /// Takes an object.
    public Optional<Fields> object(String name) {
        return any(name).filter(value -> value.isObject() || misfit(name, value, "an object"))
                .map(value -> within((ObjectNode) value, path(name)));
    }

    /// Takes an object that may be absent, and then has no fields.
    public Fields objectOrNone(String name) {
        return object(name).orElseGet(() -> new Fields(JsonNodeFactory.instance.objectNode(), path(name), report));
    }

    /// Takes a list of objects.
    public List<Fields> objects(String name) {
        var found = new ArrayList<Fields>();
        var items = items(name);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof ObjectNode object) {
                found.add(within(object, path(name) + "[" + i + "]"));
            } else {
                report.lost(path(name) + "[" + i + "]", items.get(i), "an object is expected here");
            }
        }
        return found;
    }

    private List<JsonNode> items(String name) {
        return any(name).filter(value -> value.isArray() || misfit(name, value, "a list"))
                .map(value -> value.valueStream().toList()).orElse(List.of());
    }

    private Fields within(ObjectNode object, String at) {
        var fields = new Fields(object, at, report);
        inner.add(fields);
        return fields;
    }

    private boolean misfit(String name, JsonNode value, String expected) {
        report.lost(path(name), value, expected + " is expected here");
        return false;
    }

    /// Takes fields that mean nothing here: nothing is lost without them.
    public void needless(String... names) {
        taken.addAll(List.of(names));
    }

    /// Takes everything.
    public void takeAll() {
        taken.addAll(names());
    }

    /// Reports `name`, if it is there, as not converted.
    public void lost(String name, String wayOut) {
        any(name).ifPresent(value -> report.lost(path(name), value, wayOut));
    }

    /// Reports `name`, if it is there, as something to look at; it still has to be taken.
    public void check(String name, String what) {
        Optional.ofNullable(json.get(name)).filter(value -> !value.isNull())
                .ifPresent(value -> report.check(path(name), value, what));
    }

    /// Reports the fields that nobody took, here and below.
    public void reportRest() {
        for (var name : names()) {
            if (!taken.contains(name) && json.hasNonNull(name)) {
                report.lost(path(name), json.path(name), NO_COUNTERPART);
            }
        }
        inner.forEach(Fields::reportRest);
    }
}
