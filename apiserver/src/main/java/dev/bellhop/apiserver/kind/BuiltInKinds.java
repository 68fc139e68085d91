package dev.bellhop.apiserver.kind;

import dev.bellhop.apiserver.schema.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/// The built-in kinds, from one table.
public final class BuiltInKinds {

    /// group/version, kind, plural, singular, short names, scope, categories, subresources (`generation` among them
    /// means that the spec is counted), and `review` where nothing is stored.
    private static final String TABLE = """
            v1                           | Namespace                 | namespaces                 | ns     | cluster    |     | status,finalize
            v1                           | Node                      | nodes                      | no     | cluster    |     | status
            v1                           | Secret                    | secrets                    |        | namespaced |     |
            v1                           | ConfigMap                 | configmaps                 | cm     | namespaced |     |
            v1                           | ServiceAccount            | serviceaccounts            | sa     | namespaced |     | token
            v1                           | Event                     | events                     | ev     | namespaced |     |
            v1                           | Pod                       | pods                       | po     | namespaced | all | status
            v1                           | Service                   | services                   | svc    | namespaced | all | status
            v1                           | Endpoints                 | endpoints                  | ep     | namespaced |     |
            v1                           | PersistentVolumeClaim     | persistentvolumeclaims     | pvc    | namespaced |     | status
            apps/v1                      | Deployment                | deployments                | deploy | namespaced | all | status,generation
            apps/v1                      | ReplicaSet                | replicasets                | rs     | namespaced | all | status,generation
            apps/v1                      | StatefulSet               | statefulsets               | sts    | namespaced | all | status,generation
            apps/v1                      | DaemonSet                 | daemonsets                 | ds     | namespaced | all | status,generation
            batch/v1                     | Job                       | jobs                       |        | namespaced | all | status,generation
            batch/v1                     | CronJob                   | cronjobs                   | cj     | namespaced | all | status,generation
            autoscaling/v2               | HorizontalPodAutoscaler   | horizontalpodautoscalers   | hpa    | namespaced | all | status
            policy/v1                    | PodDisruptionBudget       | poddisruptionbudgets       | pdb    | namespaced |     | status,generation
            networking.k8s.io/v1         | Ingress                   | ingresses                  | ing    | namespaced |     | status,generation
            networking.k8s.io/v1         | NetworkPolicy             | networkpolicies            | netpol | namespaced |     | generation
            rbac.authorization.k8s.io/v1 | Role                      | roles                      |        | namespaced |     |
            rbac.authorization.k8s.io/v1 | RoleBinding               | rolebindings               |        | namespaced |     |
            rbac.authorization.k8s.io/v1 | ClusterRole               | clusterroles               |        | cluster    |     |
            rbac.authorization.k8s.io/v1 | ClusterRoleBinding        | clusterrolebindings        |        | cluster    |     |
            coordination.k8s.io/v1       | Lease                     | leases                     |        | namespaced |     |
            events.k8s.io/v1             | Event                     | events                     | ev     | namespaced |     |
            apiextensions.k8s.io/v1      | CustomResourceDefinition  | customresourcedefinitions  | crd,crds | cluster  | api-extensions | status,generation
            admissionregistration.k8s.io/v1 | ValidatingWebhookConfiguration | validatingwebhookconfigurations | | cluster | api-extensions | generation
            admissionregistration.k8s.io/v1 | MutatingWebhookConfiguration | mutatingwebhookconfigurations | | cluster  | api-extensions | generation
            authentication.k8s.io/v1     | TokenReview               | tokenreviews               |        | cluster    |     | review
            authorization.k8s.io/v1      | SubjectAccessReview       | subjectaccessreviews       |        | cluster    |     | review
            authorization.k8s.io/v1      | SelfSubjectAccessReview   | selfsubjectaccessreviews   |        | cluster    |     | review
            authorization.k8s.io/v1      | SelfSubjectRulesReview    | selfsubjectrulesreviews    |        | cluster    |     | review
            authorization.k8s.io/v1      | LocalSubjectAccessReview  | localsubjectaccessreviews  |        | namespaced |     | review
            """;

    private BuiltInKinds() {}

    /// The table's kinds, with their schemas looked up by API version and kind.
    public static List<ResourceType> all(BiFunction<String, String, Schema> schemas) {
        return TABLE.lines().map(row -> read(row, schemas)).toList();
    }

    private static ResourceType read(String row, BiFunction<String, String, Schema> schemas) {
        String[] cells = row.split("\\|", -1);
        String apiVersion = cells[0].strip();
        String kind = cells[1].strip();
        String plural = cells[2].strip();
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        var traits = new ArrayList<>(list(cells[6]));
        boolean generation = traits.remove("generation");
        boolean review = traits.remove("review");
        // The two Event kinds are views of the same objects.
        String storage = review ? "" : "events".equals(plural) || group.isEmpty() ? plural : plural + "." + group;
        return new ResourceType(group, apiVersion.substring(slash + 1),
                new ResourceType.Names(kind, plural, "", list(cells[3]), list(cells[5])),
                "namespaced".equals(cells[4].strip()), storage, Set.copyOf(traits), generation,
                schemas.apply(apiVersion, kind), List.of(), false);
    }

    private static List<String> list(String cell) {
        return Arrays.stream(cell.strip().split(",")).filter(word -> !word.isEmpty()).toList();
    }
}
