package dev.bellhop.apiserver.select;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.status.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A field selector: `metadata.name=x,status.phase!=Running`. Which fields a kind supports is its own; name and
/// namespace always.
public record FieldSelector(List<Term> terms) {

    /// One comparison.
    public record Term(String field, boolean equal, String value) {}

    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    private static final Set<String> EVENT = Set.of("involvedObject.kind", "involvedObject.namespace",
            "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion",
            "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type");
    private static final Map<String, Set<String>> SUPPORTED = Map.of("events", EVENT, "pods",
            Set.of("spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
                    "status.phase", "status.podIP", "status.nominatedNodeName"),
            "secrets", Set.of("type"), "namespaces", Set.of("status.phase"), "jobs", Set.of("status.successful"),
            "services", Set.of("spec.clusterIP", "spec.type"));

    public static FieldSelector parse(String text, ResourceType type) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        var terms = new ArrayList<Term>();
        for (String term : text.split(",")) {
            int at = term.indexOf('=');
            if (at < 1) {
                throw Refusal
                        .badRequest("invalid field selector: '" + term + "', expected field=value or field!=value");
            }
            boolean unequal = term.charAt(at - 1) == '!';
            String field = term.substring(0, unequal ? at - 1 : at).strip();
            String value = term.substring(term.startsWith("==", at) ? at + 2 : at + 1).strip();
            if (!supports(type, field)) {
                throw Refusal.badRequest(type.custom() || SUPPORTED.containsKey(type.plural())
                        ? "field label not supported: " + field
                        : "\"" + field
                                + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"");
            }
            terms.add(new Term(field, !unequal, value));
        }
        return new FieldSelector(List.copyOf(terms));
    }

    public boolean matches(JsonNode object) {
        return terms.stream().allMatch(term -> valueAt(object, term.field()).equals(term.value()) == term.equal());
    }

    /// The one name that can match, when the selector says so.
    public Optional<String> name() {
        return terms.stream().filter(term -> term.equal() && "metadata.name".equals(term.field())).map(Term::value)
                .findFirst();
    }

    private static boolean supports(ResourceType type, String field) {
        return "metadata.name".equals(field) || (type.namespaced() && "metadata.namespace".equals(field))
                || (!type.custom() && SUPPORTED.getOrDefault(type.plural(), Set.of()).contains(field));
    }

    private static String valueAt(JsonNode object, String field) {
        return switch (field) {
            case "metadata.name" -> Meta.name(object);
            case "metadata.namespace" -> Meta.namespace(object);
            case "source" -> object.path("source").path("component").asText("");
            default -> object.at("/" + field.replace('.', '/')).asText("");
        };
    }
}
