package dev.bellhop.apiserver.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.schema.Cause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What the server fills in and insists on for built-in kinds, beyond their schemas. Only what clients of ours can
/// notice; the many defaults of Pods are not among it.
final class BuiltInRules {

    private BuiltInRules() {}

    static void complete(ObjectNode object, Optional<ObjectNode> old, ResourceType type) {
        switch (type.plural()) {
            case "secrets" -> completeSecret(object);
            case "namespaces" -> completeNamespace(object);
            case "pods" -> {
                Admission.orPut(object, "spec");
                if (old.isEmpty()) {
                    object.putObject("status").put("phase", "Pending");
                }
            }
            case "deployments", "statefulsets", "replicasets" -> putIfMissing(spec(object), "replicas", 1);
            case "jobs" -> {
                putIfMissing(spec(object), "parallelism", 1);
                putIfMissing(spec(object), "completions", 1);
                putIfMissing(spec(object), "backoffLimit", 6);
            }
            case "cronjobs" -> {
                putIfMissing(spec(object), "concurrencyPolicy", "Allow");
                putIfMissing(spec(object), "suspend", false);
            }
            case "services" -> completeService(object);
            case "customresourcedefinitions" -> Definitions.complete(object, old);
            case "rolebindings", "clusterrolebindings" -> completeBinding(object);
            default -> {
                return;
            }
        }
    }

    static List<Cause> check(ObjectNode object, Optional<ObjectNode> old, ResourceType type) {
        var causes = new ArrayList<Cause>();
        switch (type.plural()) {
            case "deployments", "statefulsets", "daemonsets", "replicasets" -> checkWorkload(object, causes);
            case "customresourcedefinitions" -> causes.addAll(Definitions.check(object, old));
            case "rolebindings", "clusterrolebindings" -> {
                if (old.isPresent() && !old.get().path("roleRef").equals(object.path("roleRef"))) {
                    causes.add(Cause.invalid("roleRef", object.path("roleRef"), "cannot change roleRef"));
                }
            }
            case "secrets" -> {
                old.flatMap(before -> Admission.immutable("type", before, object)).ifPresent(causes::add);
                checkImmutable(object, old, causes);
            }
            case "configmaps" -> checkImmutable(object, old, causes);
            case "cronjobs" -> {
                if (object.path("spec").path("schedule").asText().isEmpty()) {
                    causes.add(Cause.required("spec.schedule", ""));
                }
            }
            default -> {
                return causes;
            }
        }
        return causes;
    }

    private static void completeSecret(ObjectNode secret) {
        if (secret.get("stringData") instanceof ObjectNode texts) {
            ObjectNode data = Admission.orPut(secret, "data");
            texts.properties().forEach(text -> data.put(text.getKey(), Base64.getEncoder()
                    .encodeToString(text.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
        secret.remove("stringData");
        putIfMissing(secret, "type", "Opaque");
    }

    private static void completeNamespace(ObjectNode namespace) {
        ObjectNode status = Admission.orPut(namespace, "status");
        status.put("phase", Meta.isBeingDeleted(namespace) ? "Terminating" : "Active");
        if (!Meta.isBeingDeleted(namespace)) {
            spec(namespace).putArray("finalizers").add("kubernetes");
        }
        Admission.orPut(Meta.in(namespace), "labels").put("kubernetes.io/metadata.name", Meta.name(namespace));
    }

    private static void completeService(ObjectNode service) {
        ObjectNode spec = spec(service);
        putIfMissing(spec, "type", "ClusterIP");
        putIfMissing(spec, "sessionAffinity", "None");
        if (!spec.has("clusterIP") && !"ExternalName".equals(spec.path("type").asText())) {
            int hash = Math.floorMod((Meta.namespace(service) + "/" + Meta.name(service)).hashCode(), 62_500);
            String address = "10.0." + hash / 250 + "." + (hash % 250 + 2);
            spec.put("clusterIP", address).putArray("clusterIPs").add(address);
        }
        for (JsonNode port : spec.path("ports")) {
            if (port instanceof ObjectNode one) {
                putIfMissing(one, "protocol", "TCP");
                if (!one.has("targetPort")) {
                    one.set("targetPort", one.path("port"));
                }
            }
        }
        Admission.orPut(Admission.orPut(service, "status"), "loadBalancer");
    }

    private static void completeBinding(ObjectNode binding) {
        if (binding.get("roleRef") instanceof ObjectNode role && role.path("apiGroup").asText("").isEmpty()) {
            role.put("apiGroup", "rbac.authorization.k8s.io");
        }
        for (JsonNode subject : binding.path("subjects")) {
            String kind = subject.path("kind").asText();
            if (("User".equals(kind) || "Group".equals(kind)) && subject.path("apiGroup").asText("").isEmpty()) {
                ((ObjectNode) subject).put("apiGroup", "rbac.authorization.k8s.io");
            }
        }
    }

    private static void checkWorkload(ObjectNode object, List<Cause> causes) {
        JsonNode selector = object.path("spec").path("selector").path("matchLabels");
        JsonNode labels = object.path("spec").path("template").path("metadata").path("labels");
        if (object.path("spec").path("selector").isEmpty()) {
            causes.add(Cause.required("spec.selector", ""));
        }
        selector.properties().forEach(label -> {
            if (!label.getValue().equals(labels.get(label.getKey()))) {
                causes.add(Cause.invalid("spec.template.metadata.labels", labels,
                        "`selector` does not match template `labels`"));
            }
        });
        if (object.path("spec").path("template").path("spec").path("containers").isEmpty()) {
            causes.add(Cause.required("spec.template.spec.containers", ""));
        }
    }

    private static void checkImmutable(ObjectNode object, Optional<ObjectNode> old, List<Cause> causes) {
        if (old.isPresent() && old.get().path("immutable").asBoolean(false)) {
            boolean same = old.get().path("data").equals(object.path("data"))
                    && object.path("immutable").asBoolean(false);
            if (!same) {
                causes.add(Cause.forbidden("data", "field is immutable when `immutable` is set"));
            }
        }
        object.path("data").fieldNames().forEachRemaining(key -> {
            if (!key.matches("[-._a-zA-Z0-9]{1,253}")) {
                causes.add(Cause.invalid("data[" + key + "]", TextNode.valueOf(key),
                        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"));
            }
        });
    }

    private static ObjectNode spec(ObjectNode object) {
        return Admission.orPut(object, "spec");
    }

    private static void putIfMissing(ObjectNode object, String field, int value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }

    private static void putIfMissing(ObjectNode object, String field, boolean value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }

    private static void putIfMissing(ObjectNode object, String field, String value) {
        if (object.path(field).asText("").isEmpty()) {
            object.put(field, value);
        }
    }
}
