package dev.bellhop.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The columns of built-in kinds, as near to a real server's as what is stored here allows.
final class BuiltInCells {

    private BuiltInCells() {}

    static List<Cell> of(ResourceType type) {
        if (type.plural().equals("events")) {
            return EventCells.of(type);
        }
        var cells = new ArrayList<Cell>();
        cells.add(Cell.NAME);
        cells.addAll(between(type));
        cells.add(Cell.AGE);
        return cells;
    }

    private static List<Cell> between(ResourceType type) {
        return switch (type.plural()) {
            case "namespaces" -> List.of(at("Status", "/status/phase"));
            case "secrets" -> List.of(at("Type", "/type"), size("Data", "/data"));
            case "configmaps" -> List.of(size("Data", "/data"));
            case "serviceaccounts" -> List.of(size("Secrets", "/secrets"));
            case "pods" -> List.of(Cell.text("Ready", BuiltInCells::readyContainers), at("Status", "/status/phase"),
                    Cell.text("Restarts", BuiltInCells::restarts));
            case "services" -> List.of(at("Type", "/spec/type"), orNone("Cluster-IP", "/spec/clusterIP"),
                    Cell.text("External-IP", _ -> "<none>"), Cell.text("Port(s)", BuiltInCells::ports));
            case "deployments" -> List.of(Cell.text("Ready", BuiltInCells::readyReplicas),
                    count("Up-to-date", "/status/updatedReplicas"), count("Available", "/status/availableReplicas"));
            case "replicasets", "statefulsets" -> List.of(Cell.text("Ready", BuiltInCells::readyReplicas));
            case "jobs" -> List.of(Cell.text("Status", BuiltInCells::jobStatus),
                    Cell.text("Completions", job -> job.at("/status/succeeded").asInt(0) + "/"
                            + job.at("/spec/completions").asText("1")));
            case "cronjobs" -> List.of(at("Schedule", "/spec/schedule"),
                    Cell.text("Suspend", job -> job.at("/spec/suspend").asBoolean(false) ? "True" : "False"),
                    Cell.text("Active", job -> Integer.toString(job.at("/status/active").size())));
            case "leases" -> List.of(at("Holder", "/spec/holderIdentity"));
            case "roles", "clusterroles" -> List.of(at("Created At", "/metadata/creationTimestamp"));
            case "rolebindings", "clusterrolebindings" -> List.of(Cell.text("Role", binding -> binding
                    .at("/roleRef/kind").asText() + "/" + binding.at("/roleRef/name").asText()));
            case "customresourcedefinitions" -> List.of(at("Created At", "/metadata/creationTimestamp"));
            case "ingresses" -> List.of(orNone("Class", "/spec/ingressClassName"),
                    Cell.text("Hosts", ingress -> all(ingress.at("/spec/rules"), "host")));
            default -> List.of();
        };
    }

    private static Cell at(String name, String pointer) {
        return Cell.text(name, object -> object.at(pointer).asText(""));
    }

    private static Cell orNone(String name, String pointer) {
        return Cell.text(name, object -> object.at(pointer).asText("<none>"));
    }

    private static Cell size(String name, String pointer) {
        return Cell.text(name, object -> Integer.toString(object.at(pointer).size()));
    }

    private static Cell count(String name, String pointer) {
        return Cell.text(name, object -> Integer.toString(object.at(pointer).asInt(0)));
    }

    private static String readyContainers(ObjectNode pod) {
        long ready = StreamSupport.stream(pod.at("/status/containerStatuses").spliterator(), false)
                .filter(status -> status.path("ready").asBoolean(false)).count();
        return ready + "/" + pod.at("/spec/containers").size();
    }

    private static String restarts(ObjectNode pod) {
        int restarts = 0;
        for (JsonNode status : pod.at("/status/containerStatuses")) {
            restarts += status.path("restartCount").asInt(0);
        }
        return Integer.toString(restarts);
    }

    private static String readyReplicas(ObjectNode workload) {
        return workload.at("/status/readyReplicas").asInt(0) + "/" + workload.at("/spec/replicas").asInt(1);
    }

    private static String jobStatus(ObjectNode job) {
        for (JsonNode condition : job.at("/status/conditions")) {
            if ("True".equals(condition.path("status").asText())) {
                return condition.path("type").asText();
            }
        }
        return job.at("/spec/suspend").asBoolean(false) ? "Suspended" : "Running";
    }

    private static String ports(ObjectNode service) {
        String ports = StreamSupport.stream(service.at("/spec/ports").spliterator(), false)
                .map(port -> port.path("port").asText()
                        + (port.has("nodePort") ? ":" + port.path("nodePort").asText() : "") + "/"
                        + port.path("protocol").asText("TCP"))
                .collect(Collectors.joining(","));
        return ports.isEmpty() ? "<none>" : ports;
    }

    private static String all(JsonNode list, String field) {
        String all = StreamSupport.stream(list.spliterator(), false).map(one -> one.path(field).asText("*"))
                .collect(Collectors.joining(","));
        return all.isEmpty() ? "*" : all;
    }
}
