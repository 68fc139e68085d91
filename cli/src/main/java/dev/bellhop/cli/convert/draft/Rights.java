package dev.bellhop.cli.convert.draft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a ServiceAccount must be allowed so that the converted objects work.
public final class Rights {
    /// Stands for every namespace.
    public static final String EVERYWHERE = "*";

    private static final String API_GROUP = "rbac.authorization.k8s.io";

    private final String namespace;
    private final String account;
    private final Map<String, Map<Resource, Set<String>>> verbs = new TreeMap<>();
    private boolean created;

    Rights(String namespace, String account) {
        this.namespace = namespace;
        this.account = account;
    }

    private record Resource(String group, String plural, String name) implements Comparable<Resource> {
        @Override
        public int compareTo(Resource other) {
            return toString().compareTo(other.toString());
        }
    }

    String title() {
        return namespace + "/" + account;
    }

    void create() {
        created = true;
    }

    /// Allows `wanted` on a resource such as `deployments` in a namespace, or [#EVERYWHERE].
    public void allow(String where, String group, String plural, List<String> wanted) {
        verbs(where, new Resource(group, plural, "")).addAll(wanted);
    }

    /// Allows `wanted` on a kind, whose plural is guessed as Kubernetes' own kinds form it.
    public void allowKind(String where, String apiVersion, String kind, List<String> wanted) {
        int slash = apiVersion.indexOf('/');
        allow(where, slash < 0 ? "" : apiVersion.substring(0, slash), plural(kind), wanted);
    }

    /// Allows to read one Secret.
    public void allowSecret(String secret) {
        verbs(namespace, new Resource("", "secrets", secret)).add("get");
    }

    private Set<String> verbs(String where, Resource resource) {
        return verbs.computeIfAbsent(where, _ -> new TreeMap<>()).computeIfAbsent(resource, _ -> new TreeSet<>());
    }

    private static String plural(String kind) {
        var lower = kind.toLowerCase(Locale.ROOT);
        if (kind.equals("Endpoints")) {
            return lower;
        }
        if (lower.matches(".*[^aeiou]y")) {
            return lower.substring(0, lower.length() - 1) + "ies";
        }
        return lower + (lower.matches(".*(s|x|z|ch|sh)") ? "es" : "s");
    }

    List<ObjectNode> objects() {
        var objects = new ArrayList<ObjectNode>();
        if (created) {
            objects.add(Output.empty("v1", "ServiceAccount", namespace, account));
        }
        verbs.forEach((where, allowed) -> {
            boolean everywhere = where.equals(EVERYWHERE);
            var name = everywhere
                    ? "bellhop:" + namespace + ":" + account
                    : Names.of("bellhop", account)
                            + (where.equals(namespace) ? "" : "-of-" + namespace);
            var role = Output.empty(API_GROUP + "/v1", everywhere ? "ClusterRole" : "Role", everywhere ? "" : where,
                    name);
            var rules = role.putArray("rules");
            allowed.forEach((resource, these) -> rule(rules, resource, these));
            var binding = Output.empty(API_GROUP + "/v1", everywhere ? "ClusterRoleBinding" : "RoleBinding",
                    everywhere ? "" : where, name);
            binding.putObject("roleRef").put("apiGroup", API_GROUP).put("kind", role.path("kind").asText())
                    .put("name", name);
            binding.putArray("subjects").addObject().put("kind", "ServiceAccount").put("name", account)
                    .put("namespace", namespace);
            objects.add(role);
            objects.add(binding);
        });
        return objects;
    }

    private static void rule(ArrayNode rules, Resource resource, Set<String> these) {
        var rule = rules.addObject();
        rule.putArray("apiGroups").add(resource.group());
        rule.putArray("resources").add(resource.plural());
        if (!resource.name().isEmpty()) {
            rule.putArray("resourceNames").add(resource.name());
        }
        these.forEach(rule.putArray("verbs")::add);
    }
}
