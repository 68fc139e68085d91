package dev.bellhop.apiserver.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.schema.Defaulting;
import dev.bellhop.apiserver.schema.Pruning;
import dev.bellhop.apiserver.schema.Validation;
import dev.bellhop.apiserver.schema.Cause;
import dev.bellhop.apiserver.status.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Brings an object into the shape in which it may be stored, or refuses it.
final class Admission {

    private Admission() {}

    /// Prunes, defaults and validates in place; gives warnings.
    static List<String> admit(ObjectNode object, Optional<ObjectNode> old, ResourceType type, WriteOptions options) {
        List<String> unknown = Pruning.prune(object, type.schema());
        List<String> warnings = judge(unknown, type, options);
        Defaulting.fill(object, type.schema());
        if (!type.custom()) {
            BuiltInRules.complete(object, old, type);
        }
        var causes = new ArrayList<>(Names.check(object, type));
        causes.addAll(Validation.validate(object, type.schema()));
        if (causes.isEmpty() && !type.custom()) {
            causes.addAll(BuiltInRules.check(object, old, type));
        }
        Writer.requireValid(type, object, causes);
        return warnings;
    }

    /// Refuses fields that the schema does not name when the writer wants it so.
    static void requireKnownFields(ObjectNode object, ResourceType type, WriteOptions options) {
        judge(Pruning.prune(object.deepCopy(), type.schema()), type, options);
    }

    private static List<String> judge(List<String> unknown, ResourceType type, WriteOptions options) {
        return switch (options.unknownFields()) {
            case IGNORE -> List.of();
            case WARN -> unknown.stream().map(path -> "unknown field \"" + path + "\"").toList();
            case STRICT -> {
                if (!unknown.isEmpty()) {
                    String fields = unknown.stream().map(path -> "unknown field \"" + path + "\"")
                            .collect(Collectors.joining(", "));
                    throw Refusal.badRequest(type.kind() + " in version \"" + type.version()
                            + "\" cannot be handled as a " + type.kind() + ": strict decoding error: " + fields);
                }
                yield List.of();
            }
        };
    }

    /// A cause for a field that must not change.
    static Optional<Cause> immutable(String field, ObjectNode old, ObjectNode object) {
        String pointer = "/" + field.replace('.', '/');
        return old.at(pointer).equals(object.at(pointer))
                ? Optional.empty()
                : Optional.of(Cause.invalid(field, object.at(pointer), "field is immutable"));
    }

    static ObjectNode orPut(ObjectNode object, String field) {
        return object.get(field) instanceof ObjectNode present ? present : object.putObject(field);
    }
}
