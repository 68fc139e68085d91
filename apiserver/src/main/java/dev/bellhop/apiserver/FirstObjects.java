package dev.bellhop.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.Catalog;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.write.Target;
import dev.bellhop.apiserver.write.WriteOptions;
import dev.bellhop.apiserver.write.Writer;

/// What every cluster has from its first moment: namespaces, and the roles that let anybody in at all.
final class FirstObjects {

    private static final String ROLES = """
            {"kind":"ClusterRole","metadata":{"name":"cluster-admin"},"rules":[{"apiGroups":["*"],"resources":["*"],"verbs":["*"]},{"nonResourceURLs":["*"],"verbs":["*"]}]}
            {"kind":"ClusterRole","metadata":{"name":"system:discovery"},"rules":[{"nonResourceURLs":["/api","/api/*","/apis","/apis/*","/healthz","/livez","/openapi","/openapi/*","/readyz","/version","/version/"],"verbs":["get"]}]}
            {"kind":"ClusterRole","metadata":{"name":"system:basic-user"},"rules":[{"apiGroups":["authorization.k8s.io"],"resources":["selfsubjectaccessreviews","selfsubjectrulesreviews"],"verbs":["create"]}]}
            {"kind":"ClusterRole","metadata":{"name":"system:public-info-viewer"},"rules":[{"nonResourceURLs":["/healthz","/livez","/readyz","/version","/version/"],"verbs":["get"]}]}
            {"kind":"ClusterRole","metadata":{"name":"system:auth-delegator"},"rules":[{"apiGroups":["authentication.k8s.io"],"resources":["tokenreviews"],"verbs":["create"]},{"apiGroups":["authorization.k8s.io"],"resources":["subjectaccessreviews"],"verbs":["create"]}]}
            {"kind":"ClusterRole","metadata":{"name":"admin"},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"rbac.authorization.k8s.io/aggregate-to-admin":"true"}},{"matchLabels":{"rbac.authorization.k8s.io/aggregate-to-edit":"true"}},{"matchLabels":{"rbac.authorization.k8s.io/aggregate-to-view":"true"}}]}}
            {"kind":"ClusterRole","metadata":{"name":"edit"},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"rbac.authorization.k8s.io/aggregate-to-edit":"true"}},{"matchLabels":{"rbac.authorization.k8s.io/aggregate-to-view":"true"}}]}}
            {"kind":"ClusterRole","metadata":{"name":"view"},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"rbac.authorization.k8s.io/aggregate-to-view":"true"}}]}}
            {"kind":"ClusterRole","metadata":{"name":"system:aggregate-to-admin","labels":{"rbac.authorization.k8s.io/aggregate-to-admin":"true"}},"rules":[{"apiGroups":["rbac.authorization.k8s.io"],"resources":["roles","rolebindings"],"verbs":["*"]},{"apiGroups":["authorization.k8s.io"],"resources":["localsubjectaccessreviews"],"verbs":["create"]}]}
            {"kind":"ClusterRole","metadata":{"name":"system:aggregate-to-edit","labels":{"rbac.authorization.k8s.io/aggregate-to-edit":"true"}},"rules":[{"apiGroups":["","apps","batch","autoscaling","networking.k8s.io","policy"],"resources":["configmaps","secrets","services","pods","serviceaccounts","persistentvolumeclaims","events","deployments","replicasets","statefulsets","daemonsets","jobs","cronjobs","horizontalpodautoscalers","ingresses","networkpolicies","poddisruptionbudgets"],"verbs":["create","delete","deletecollection","patch","update","get","list","watch"]},{"apiGroups":[""],"resources":["serviceaccounts"],"verbs":["impersonate"]}]}
            {"kind":"ClusterRole","metadata":{"name":"system:aggregate-to-view","labels":{"rbac.authorization.k8s.io/aggregate-to-view":"true"}},"rules":[{"apiGroups":["","apps","batch","autoscaling","networking.k8s.io","policy"],"resources":["configmaps","services","pods","serviceaccounts","persistentvolumeclaims","events","namespaces","deployments","replicasets","statefulsets","daemonsets","jobs","cronjobs","horizontalpodautoscalers","ingresses","networkpolicies","poddisruptionbudgets"],"verbs":["get","list","watch"]}]}
            """;
    private static final String BINDINGS = """
            cluster-admin            | system:masters
            system:discovery         | system:authenticated
            system:basic-user        | system:authenticated
            system:public-info-viewer| system:authenticated,system:unauthenticated
            """;
    private static final String RBAC = "rbac.authorization.k8s.io";

    private final Catalog catalog;
    private final Writer writer;

    FirstObjects(Catalog catalog, Writer writer) {
        this.catalog = catalog;
        this.writer = writer;
    }

    void create() {
        for (String name : new String[]{"default", "kube-system", "kube-public", "kube-node-lease"}) {
            create("", "v1", "namespaces",
                    Json.literal("{\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + name + "\"}}"));
        }
        ROLES.lines().forEach(role -> create(RBAC, "v1", "clusterroles", Json.literal(role)));
        BINDINGS.lines().forEach(row -> {
            String[] cells = row.split("\\|");
            ObjectNode binding = Json.object().put("kind", "ClusterRoleBinding");
            binding.putObject("metadata").put("name", cells[0].strip());
            binding.putObject("roleRef").put("apiGroup", RBAC).put("kind", "ClusterRole").put("name", cells[0].strip());
            var subjects = binding.putArray("subjects");
            for (String group : cells[1].strip().split(",")) {
                subjects.addObject().put("apiGroup", RBAC).put("kind", "Group").put("name", group);
            }
            create(RBAC, "v1", "clusterrolebindings", binding);
        });
    }

    private void create(String group, String version, String plural, ObjectNode object) {
        var type = catalog.find(group, version, plural).orElseThrow();
        object.put("apiVersion", type.apiVersion());
        writer.create(new Target(type, Meta.namespace(object), "", ""), object,
                new WriteOptions(false, "bellhop-apiserver", WriteOptions.UnknownFields.IGNORE));
    }
}
