package dev.bellhop.cli.convert.tekton;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.EventListener;
import dev.bellhop.api.ObjectReader;
import dev.bellhop.api.Trigger;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerTemplate;
import dev.bellhop.cli.convert.draft.Conversion;
import dev.bellhop.cli.convert.draft.InputObject;
import dev.bellhop.cli.convert.draft.Output;
import dev.bellhop.cli.convert.draft.Report;
import io.fabric8.kubernetes.client.CustomResource;

/// Takes Tekton's objects over: another apiVersion, and what our kinds do not have taken out and reported.
public final class TektonTriggers implements Conversion {
    private static final Map<String, Class<? extends CustomResource<?, ?>>> KINDS = Map.of("Trigger", Trigger.class,
            "EventListener", EventListener.class, "TriggerBinding", TriggerBinding.class, "ClusterTriggerBinding",
            ClusterTriggerBinding.class, "TriggerTemplate", TriggerTemplate.class);
    /// Metadata that belongs to the object in the other cluster.
    private static final List<String> OWN = List.of("uid", "resourceVersion", "generation", "creationTimestamp",
            "managedFields", "ownerReferences", "finalizers", "selfLink");
    /// v1alpha1's short forms of interceptors.
    private static final Set<String> SHORT = Set.of("github", "gitlab", "bitbucket", "cel");
    private static final Set<String> KNOWN = Set.of("github", "gitlab", "bitbucket", "cel", "hmac");

    @Override
    public boolean takes(InputObject object) {
        return object.group().equals("triggers.tekton.dev");
    }

    @Override
    public void convert(List<InputObject> objects, Output output) {
        objects.forEach(object -> convert(object, output));
    }

    private static void convert(InputObject object, Output output) {
        var report = output.report(object);
        var kind = KINDS.get(object.kind());
        if (kind == null) {
            report.lost("kind", object.kind(), "interceptors of one's own are not supported: say it with cel or hmac");
            return;
        }
        var copy = object.json().deepCopy();
        copy.put("apiVersion", Bellhop.API_VERSION);
        copy.remove("status");
        if (copy.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(OWN);
            if (metadata.path("annotations") instanceof ObjectNode annotations) {
                annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
                if (annotations.isEmpty()) {
                    metadata.remove("annotations");
                }
            }
            if (!object.kind().equals("ClusterTriggerBinding")) {
                metadata.put("namespace", object.namespace());
            }
        }
        interceptors("spec", copy.path("spec"), report);
        if (ObjectReader.read(copy, kind) instanceof ObjectReader.Read.Understood<?>(var _, var unknown)) {
            unknown.forEach(field -> remove(copy, field, report));
        }
        output.put(copy, object);
    }

    private static void interceptors(String at, JsonNode holder, Report report) {
        if (holder.path("interceptors") instanceof ArrayNode interceptors) {
            for (int i = 0; i < interceptors.size(); i++) {
                if (interceptors.get(i) instanceof ObjectNode interceptor) {
                    interceptors.set(i, interceptor(at + ".interceptors[" + i + "]", interceptor, report));
                }
            }
        }
        for (var list : List.of("triggers", "triggerGroups")) {
            for (int i = 0; i < holder.path(list).size(); i++) {
                interceptors(at + "." + list + "[" + i + "]", holder.path(list).get(i), report);
            }
        }
    }

    /// An interceptor that is not supported becomes one that lets nothing through: it may have been a check.
    private static ObjectNode interceptor(String at, ObjectNode interceptor, Report report) {
        for (var name : SHORT) {
            if (interceptor.path(name) instanceof ObjectNode params) {
                var ours = JsonNodeFactory.instance.objectNode();
                ours.putObject("ref").put("name", name);
                var list = ours.putArray("params");
                params.properties()
                        .forEach(param -> list.addObject().put("name", param.getKey()).set("value", param.getValue()));
                return ours;
            }
        }
        var name = interceptor.at("/ref/name").asText();
        if (KNOWN.contains(name) && !interceptor.at("/ref/kind").asText().equals("NamespacedInterceptor")) {
            return interceptor;
        }
        report.lost(at, interceptor,
                "only github, gitlab, bitbucket, hmac and cel are supported. The Trigger lets nothing through"
                        + " until you say it with one of them");
        var closed = JsonNodeFactory.instance.objectNode().put("name", "not converted: " + at);
        closed.putObject("ref").put("name", "cel");
        closed.putArray("params").addObject().put("name", "filter").put("value", "false");
        return closed;
    }

    /// Takes out the field at a path such as `spec.triggers[0].replicas`.
    private static void remove(ObjectNode object, String path, Report report) {
        var pointer = "/" + path.replace("[", ".").replace("]", "").replace('.', '/');
        var value = object.at(pointer);
        int last = pointer.lastIndexOf('/');
        if (object.at(pointer.substring(0, last)) instanceof ObjectNode parent) {
            parent.remove(pointer.substring(last + 1));
            report.lost(path, value,
                    "our kind has no such field: the listener is shared, and has no Deployment for each"
                            + " EventListener");
        }
    }
}
