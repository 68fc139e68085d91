package dev.bellhop.listener.admin;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.MediaType;
import dev.bellhop.listener.journal.Redaction;

/// Fields of payloads that nobody is shown: those whose name speaks of a secret, and those that an admin points at. They are
/// on disk all the same, because a replay needs them.
///
/// An admin writes JSON pointers, in which `*` is any one name or index and `**` any number of them:
/// `/body/commits/*/author/email`, `/extensions/user`, `/**/email`.
public final class HiddenFields {
    /// Only those whose name speaks of a secret.
    public static final HiddenFields BY_NAME = new HiddenFields(Set.of());

    private static final String ANY = "*";
    private static final String ANY_NUMBER = "**";
    private static final Pattern ROOTED = Pattern.compile("/(body|extensions|\\*\\*)/.+");
    private static final Pattern BAD_ESCAPE = Pattern.compile("~(?![01])");

    private final Set<List<String>> paths;

    private HiddenFields(Set<List<String>> paths) {
        this.paths = Set.copyOf(paths);
    }

    /// Those that `pointers` name, too.
    ///
    /// @throws IllegalArgumentException when one is no such pointer, with a sentence that says so
    public static HiddenFields at(List<String> pointers) {
        return new HiddenFields(Set.copyOf(pointers.stream().distinct().map(HiddenFields::read).toList()));
    }

    private static List<String> read(String pointer) {
        if (!ROOTED.matcher(pointer).matches() || pointer.endsWith("/" + ANY_NUMBER)
                || BAD_ESCAPE.matcher(pointer).find()) {
            throw new IllegalArgumentException(pointer + " must be a JSON pointer that begins with /body/, /extensions/"
                    + " or /**/ and ends with a name or *, such as /body/commits/*/author/email");
        }
        var steps = new ArrayList<String>();
        for (var step : pointer.substring(1).split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return List.copyOf(steps);
    }

    /// `tree` with `redacted` in the place of what is hidden; empty when nothing is. `root` is `body` or `extensions`.
    Optional<JsonNode> in(String root, JsonNode tree) {
        return changed(tree, after(root, paths));
    }

    /// The body of an event as it is shown. In what is not JSON no field can be told from another, but for forms: where an
    /// admin hides fields of bodies, nothing of it is shown.
    byte[] payload(Event event) {
        var body = event.body();
        if (body.isJson()) {
            return in("body", body.json()).map(Body::of).orElse(body).bytes();
        }
        if (!after("body", paths).isEmpty()) {
            return Redaction.REDACTED.getBytes(StandardCharsets.UTF_8);
        }
        boolean isForm = event.headers().first("Content-Type").map(MediaType::of).filter(MediaType::isForm).isPresent();
        return body.text().filter(_ -> isForm).map(form -> Redaction.form(form).getBytes(StandardCharsets.UTF_8))
                .orElse(body.bytes());
    }

    private static Optional<JsonNode> changed(JsonNode node, Set<List<String>> left) {
        return switch (node) {
            case ObjectNode object -> {
                var changed = new TreeMap<String, JsonNode>();
                object.propertyStream().forEach(field -> child(field.getValue(),
                        Redaction.isSensitive(field.getKey()), after(field.getKey(), left))
                        .ifPresent(value -> changed.put(field.getKey(), value)));
                yield changed.isEmpty() ? Optional.empty() : Optional.of(with(object, changed));
            }
            case ArrayNode array -> {
                var copy = array.arrayNode(array.size());
                boolean same = true;
                for (int i = 0; i < array.size(); i++) {
                    var element = child(array.get(i), false, after(Integer.toString(i), left));
                    same &= element.isEmpty();
                    copy.add(element.orElse(array.get(i)));
                }
                yield same ? Optional.empty() : Optional.of(copy);
            }
            default -> Optional.empty();
        };
    }

    /// That something is null is no secret.
    private static Optional<JsonNode> child(JsonNode value, boolean sensitive, Set<List<String>> left) {
        return (sensitive || left.contains(List.of())) && !value.isNull()
                ? Optional.of(TextNode.valueOf(Redaction.REDACTED))
                : changed(value, left);
    }

    /// The order of the fields stays.
    private static ObjectNode with(ObjectNode object, Map<String, JsonNode> changed) {
        var copy = object.objectNode();
        object.propertyStream()
                .forEach(field -> copy.set(field.getKey(), changed.getOrDefault(field.getKey(), field.getValue())));
        return copy;
    }

    /// What is left to walk of the paths that lead through `name`.
    private static Set<List<String>> after(String name, Set<List<String>> paths) {
        if (paths.isEmpty()) {
            return paths;
        }
        var left = new HashSet<List<String>>();
        for (var path : paths) {
            int next = 0;
            while (next < path.size() && path.get(next).equals(ANY_NUMBER)) {
                left.add(path.subList(next, path.size()));
                next++;
            }
            if (next < path.size() && (path.get(next).equals(ANY) || path.get(next).equals(name))) {
                left.add(path.subList(next + 1, path.size()));
            }
        }
        return left;
    }
}
