package dev.bellhop.controller.expose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.api.ExposeSpec;
import dev.bellhop.api.ObjectName;
import dev.bellhop.controller.expose.MadeObject.ObjectKey;

/// The objects that expose somebody, and who cannot be exposed. A function of what it is given.
///
/// @param impossible by uid, with the reason
record Blueprint(Map<ObjectKey, MadeObject> objects, Map<String, String> impossible) {
    /// Label on all that is made: by whom.
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    /// The value of [#MANAGED_BY].
    static final String US = "bellhop-controller";
    /// Annotation on all that is made: what was written, so that a field which is not wanted any more is noticed.
    static final String APPLIED = "bellhop.dev/applied";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String STAND_IN = "bellhop-listener";

    /// What exposes `exposers`, whose events go to `backend`.
    static Blueprint of(List<Exposer> exposers, Backend backend) {
        var blueprint = new Blueprint(new LinkedHashMap<>(), new HashMap<>());
        var throughIngress = new TreeMap<String, List<Exposer>>();
        var throughRoute = new TreeMap<String, List<Exposer>>();
        for (var exposer : exposers.stream().sorted(Comparator.comparing(Exposer::uid)).toList()) {
            var spec = exposer.exposure().spec();
            var namespace = exposer.name().namespace();
            if (spec.ingress() != null) {
                if (backend.hasName()) {
                    blueprint.add(ingress(exposer, spec.ingress(), backend));
                    throughIngress.computeIfAbsent(namespace, _ -> new ArrayList<>()).add(exposer);
                } else {
                    blueprint.impossible.put(exposer.uid(), "spec.expose.ingress: no Service can stand for '"
                            + backend.host() + "': the controller's --listener-url must have a host name");
                }
            } else if (spec.httpRoute() != null) {
                if (backend.service().isPresent()) {
                    blueprint.add(route(exposer, spec.httpRoute(), backend, backend.service().get()));
                    throughRoute.computeIfAbsent(namespace, _ -> new ArrayList<>()).add(exposer);
                } else {
                    blueprint.impossible.put(exposer.uid(), "spec.expose.httpRoute: '" + backend.host()
                            + "' does not name a Service: the controller's --listener-url must be "
                            + "http://SERVICE.NAMESPACE.svc.cluster.local");
                }
            }
        }
        throughIngress.forEach((namespace, those) -> {
            if (!backend.isIn(namespace)) {
                blueprint.add(standIn(namespace, those, backend));
            }
        });
        throughRoute.forEach((namespace, those) -> backend.service()
                .filter(service -> !service.namespace().equals(namespace))
                .ifPresent(service -> blueprint.add(grant(namespace, those, service))));
        return blueprint;
    }

    private void add(MadeObject object) {
        var fingerprint = Fingerprints.of(object.content());
        ((ObjectNode) object.content().path("metadata")).withObjectProperty("annotations").put(APPLIED, fingerprint);
        objects.put(object.key(), object);
    }

    private static MadeObject ingress(Exposer exposer, ExposeSpec.Ingress ingress, Backend backend) {
        var place = exposer.exposure().place();
        var name = new ObjectName(exposer.name().namespace(), exposer.objectName());
        var object = object(MadeKind.INGRESS, name, ingress.labels(), Gateways.annotations(ingress), List.of(exposer));
        var spec = object.putObject("spec");
        if (!Gateways.className(ingress).isEmpty()) {
            spec.put("ingressClassName", Gateways.className(ingress));
        }
        var tls = ingress.tls();
        if (tls != null) {
            var one = spec.putArray("tls").addObject();
            one.putArray("hosts").add(place.host());
            one.put("secretName", Objects.requireNonNullElse(tls.secretName(), name.name() + "-tls"));
        }
        var path = spec.putArray("rules").addObject().put("host", place.host()).putObject("http").putArray("paths")
                .addObject().put("path", path(exposer)).put("pathType", exposer.isOne() ? "Exact" : "Prefix");
        path.putObject("backend").putObject("service").put("name", serviceName(name.namespace(), backend))
                .putObject("port").put("number", backend.port());
        return made(MadeKind.INGRESS, name, object, List.of(exposer));
    }

    private static String serviceName(String namespace, Backend backend) {
        return backend.service().filter(service -> service.namespace().equals(namespace)).map(ObjectName::name)
                .orElse(STAND_IN);
    }

    private static MadeObject standIn(String namespace, List<Exposer> exposers, Backend backend) {
        var name = new ObjectName(namespace, STAND_IN);
        var object = object(MadeKind.SERVICE, name, Map.of(), Map.of(), exposers);
        var spec = object.putObject("spec").put("type", "ExternalName").put("externalName", backend.host());
        spec.putArray("ports").addObject().put("name", "http").put("protocol", "TCP").put("port", backend.port());
        return made(MadeKind.SERVICE, name, object, exposers);
    }

    private static MadeObject route(Exposer exposer, ExposeSpec.HttpRoute route, Backend backend, ObjectName service) {
        var name = new ObjectName(exposer.name().namespace(), exposer.objectName());
        var object = object(MadeKind.HTTP_ROUTE, name, route.labels(), route.annotations(), List.of(exposer));
        var spec = object.putObject("spec");
        var parents = spec.putArray("parentRefs");
        for (var parent : route.parentRefs()) {
            var one = parents.addObject().put("name", parent.name());
            if (parent.namespace() != null) {
                one.put("namespace", parent.namespace());
            }
            if (parent.sectionName() != null) {
                one.put("sectionName", parent.sectionName());
            }
        }
        spec.putArray("hostnames").add(exposer.exposure().place().host());
        var rule = spec.putArray("rules").addObject();
        rule.putArray("matches").addObject().putObject("path").put("type", exposer.isOne() ? "Exact" : "PathPrefix")
                .put("value", path(exposer));
        rule.putArray("backendRefs").addObject().put("name", service.name()).put("namespace", service.namespace())
                .put("port", backend.port());
        return made(MadeKind.HTTP_ROUTE, name, object, List.of(exposer));
    }

    /// In the listener's namespace, where none of those who need it can own it.
    private static MadeObject grant(String namespace, List<Exposer> exposers, ObjectName service) {
        var name = new ObjectName(service.namespace(), "bellhop-routes-of-" + namespace);
        var object = object(MadeKind.REFERENCE_GRANT, name, Map.of(), Map.of(), List.of());
        var spec = object.putObject("spec");
        spec.putArray("from").addObject().put("group", "gateway.networking.k8s.io").put("kind", "HTTPRoute")
                .put("namespace", namespace);
        spec.putArray("to").addObject().put("group", "").put("kind", "Service").put("name", service.name());
        return made(MadeKind.REFERENCE_GRANT, name, object, exposers);
    }

    private static String path(Exposer exposer) {
        var path = exposer.exposure().place().path();
        return path.isEmpty() ? "/" : path;
    }

    private static MadeObject made(MadeKind kind, ObjectName name, ObjectNode object, List<Exposer> exposers) {
        return new MadeObject(new ObjectKey(kind, name), object, exposers.stream().map(Exposer::uid).toList());
    }

    private static ObjectNode object(MadeKind kind, ObjectName name, Map<String, String> labels,
            Map<String, String> annotations, List<Exposer> owners) {
        var object = JSON.objectNode().put("apiVersion", kind.apiVersion()).put("kind", kind.kindName());
        var metadata = object.putObject("metadata").put("namespace", name.namespace()).put("name", name.name());
        var allLabels = metadata.putObject("labels");
        new TreeMap<>(labels).forEach(allLabels::put);
        allLabels.put(MANAGED_BY, US);
        if (!annotations.isEmpty()) {
            var all = metadata.putObject("annotations");
            new TreeMap<>(annotations).forEach(all::put);
        }
        if (!owners.isEmpty()) {
            var references = metadata.putArray("ownerReferences");
            owners.forEach(owner -> references.addObject().put("apiVersion", Bellhop.API_VERSION)
                    .put("kind", owner.kind()).put("name", owner.name().name()).put("uid", owner.uid()));
        }
        return object;
    }
}
