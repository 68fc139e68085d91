package dev.bellhop.scenarios;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;

/// Objects of any kind, as the files of a scenario hold them.
final class Objects {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LIST = "List";

    private final KubernetesClient admin;

    Objects(KubernetesClient admin) {
        this.admin = admin;
    }

    void apply(JsonNode object) {
        if (find(object).isPresent()) {
            patch(object);
            return;
        }
        try {
            resource(object).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) {
                throw e;
            }
            // Another scenario made it at the same time, such as a CRD.
            patch(object);
        }
    }

    void patch(JsonNode object) {
        resource(object).patch(MERGE, object.toString());
    }

    void patchStatus(JsonNode object) {
        resource(object).subresource("status").patch(MERGE, object.toString());
    }

    void delete(JsonNode object) {
        resource(object).withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
    }

    /// What is the matter with an object that is wanted, or with the list of all objects of a kind, by `metadata.namespace` and, when
    /// given, `metadata.labels`; empty when nothing is.
    Optional<String> difference(JsonNode wanted) {
        if (wanted.path("kind").asText().endsWith(LIST)) {
            return Likeness.differenceInAnyOrder(wanted.path("items").valueStream().toList(), list(wanted));
        }
        if (wanted.at("/metadata/name").asText().isEmpty()) {
            var all = list(wanted);
            return all.stream().anyMatch(one -> Likeness.difference(wanted, one).isEmpty())
                    ? Optional.empty()
                    : Optional.of("none is like " + wanted + "; there are " + all);
        }
        return find(wanted).map(found -> Likeness.difference(wanted, found))
                .orElseGet(() -> Optional.of("there is none"));
    }

    private Optional<JsonNode> find(JsonNode object) {
        return Optional.ofNullable(resource(object).get()).map(Objects::json);
    }

    private List<JsonNode> list(JsonNode wanted) {
        var kind = wanted.path("kind").asText();
        var resources = admin.genericKubernetesResources(wanted.path("apiVersion").asText(),
                kind.endsWith(LIST) ? kind.substring(0, kind.length() - LIST.length()) : kind);
        var labels = wanted.at("/metadata/labels").properties().stream()
                .collect(Collectors.toMap(label -> label.getKey(), label -> label.getValue().asText()));
        return resources.inNamespace(wanted.at("/metadata/namespace").asText()).withLabels(labels).list().getItems()
                .stream().map(Objects::json).toList();
    }

    private static JsonNode json(GenericKubernetesResource object) {
        return JSON.valueToTree(object);
    }

    private Resource<GenericKubernetesResource> resource(JsonNode object) {
        return admin.resource(Serialization.unmarshal(object.toString(), GenericKubernetesResource.class));
    }
}
