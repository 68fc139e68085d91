package dev.bellhop.apiserver.protobuf;

import dev.bellhop.apiserver.status.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The messages that we can read, from a table: per message its fields with number, name and type. `*` after a type
/// means repeated, `?` that zero and absent differ, a name in parentheses that the field's own fields take its place.
final class MessageTypes {

    record Field(String name, String type, boolean repeated, boolean inline) {}

    private static final String TABLE = """
            Unknown: 1 typeMeta TypeMeta, 2 raw bytes, 3 contentEncoding string, 4 contentType string
            TypeMeta: 1 apiVersion string, 2 kind string
            Time: 1 seconds int, 2 nanos int
            IntOrString: 1 type int, 2 intVal int, 3 strVal string
            Quantity: 1 string string
            ObjectMeta: 1 name string, 2 generateName string, 3 namespace string, 4 selfLink string, 5 uid string, 6 resourceVersion string, 7 generation int, 8 creationTimestamp Time, 9 deletionTimestamp Time, 10 deletionGracePeriodSeconds int?, 11 labels map, 12 annotations map, 13 ownerReferences OwnerReference*, 14 finalizers string*
            OwnerReference: 1 kind string, 3 name string, 4 uid string, 5 apiVersion string, 6 controller bool?, 7 blockOwnerDeletion bool?
            LabelSelector: 1 matchLabels map, 2 matchExpressions LabelSelectorRequirement*
            LabelSelectorRequirement: 1 key string, 2 operator string, 3 values string*
            LocalObjectReference: 1 name string
            ObjectReference: 1 kind string, 2 namespace string, 3 name string, 4 uid string, 5 apiVersion string, 6 resourceVersion string, 7 fieldPath string
            Empty: 99 nothing string
            Namespace: 1 metadata ObjectMeta, 2 spec NamespaceSpec, 3 status NamespaceStatus
            NamespaceSpec: 1 finalizers string*
            NamespaceStatus: 1 phase string
            ConfigMap: 1 metadata ObjectMeta, 2 data map, 3 binaryData map:bytes, 4 immutable bool?
            Secret: 1 metadata ObjectMeta, 2 data map:bytes, 3 type string, 4 stringData map, 5 immutable bool?
            ServiceAccount: 1 metadata ObjectMeta, 2 secrets ObjectReference*, 3 imagePullSecrets LocalObjectReference*, 4 automountServiceAccountToken bool?
            Service: 1 metadata ObjectMeta, 2 spec ServiceSpec, 3 status ServiceStatus
            ServiceStatus: 1 loadBalancer Empty
            ServiceSpec: 1 ports ServicePort*, 2 selector map, 3 clusterIP string, 4 type string, 5 externalIPs string*, 7 sessionAffinity string, 8 loadBalancerIP string, 9 loadBalancerSourceRanges string*, 10 externalName string, 11 externalTrafficPolicy string, 12 healthCheckNodePort int, 13 publishNotReadyAddresses bool, 18 clusterIPs string*
            ServicePort: 1 name string, 2 protocol string, 3 port int, 4 targetPort IntOrString, 5 nodePort int, 6 appProtocol string
            Deployment: 1 metadata ObjectMeta, 2 spec DeploymentSpec, 3 status DeploymentStatus
            DeploymentSpec: 1 replicas int?, 2 selector LabelSelector, 3 template PodTemplateSpec, 4 strategy DeploymentStrategy, 5 minReadySeconds int, 6 revisionHistoryLimit int?, 7 paused bool, 9 progressDeadlineSeconds int?
            DeploymentStatus: 1 observedGeneration int, 2 replicas int, 3 updatedReplicas int, 4 availableReplicas int, 5 unavailableReplicas int, 7 readyReplicas int
            DeploymentStrategy: 1 type string
            PodTemplateSpec: 1 metadata ObjectMeta, 2 spec PodSpec
            PodSpec: 2 containers Container*, 3 restartPolicy string, 4 terminationGracePeriodSeconds int?, 5 activeDeadlineSeconds int?, 6 dnsPolicy string, 7 nodeSelector map, 8 serviceAccountName string, 9 serviceAccount string, 10 nodeName string, 11 hostNetwork bool, 12 hostPID bool, 13 hostIPC bool, 15 imagePullSecrets LocalObjectReference*, 16 hostname string, 17 subdomain string, 19 schedulerName string, 24 priorityClassName string
            Container: 1 name string, 2 image string, 3 command string*, 4 args string*, 5 workingDir string, 6 ports ContainerPort*, 7 env EnvVar*, 8 resources ResourceRequirements, 13 terminationMessagePath string, 14 imagePullPolicy string, 16 stdin bool, 17 stdinOnce bool, 18 tty bool, 20 terminationMessagePolicy string
            ContainerPort: 1 name string, 2 hostPort int, 3 containerPort int, 4 protocol string, 5 hostIP string
            EnvVar: 1 name string, 2 value string
            ResourceRequirements: 1 limits map:Quantity, 2 requests map:Quantity
            Job: 1 metadata ObjectMeta, 2 spec JobSpec, 3 status JobStatus
            JobSpec: 1 parallelism int?, 2 completions int?, 3 activeDeadlineSeconds int?, 4 selector LabelSelector, 5 manualSelector bool?, 6 template PodTemplateSpec, 7 backoffLimit int?, 8 ttlSecondsAfterFinished int?, 9 completionMode string, 10 suspend bool?
            JobStatus: 4 active int, 5 succeeded int, 6 failed int, 7 completedIndexes string
            CronJob: 1 metadata ObjectMeta, 2 spec CronJobSpec, 3 status Empty
            CronJobSpec: 1 schedule string, 2 startingDeadlineSeconds int?, 3 concurrencyPolicy string, 4 suspend bool?, 5 jobTemplate JobTemplateSpec, 6 successfulJobsHistoryLimit int?, 7 failedJobsHistoryLimit int?, 8 timeZone string
            JobTemplateSpec: 1 metadata ObjectMeta, 2 spec JobSpec
            Role: 1 metadata ObjectMeta, 2 rules PolicyRule*
            ClusterRole: 1 metadata ObjectMeta, 2 rules PolicyRule*, 3 aggregationRule AggregationRule
            AggregationRule: 1 clusterRoleSelectors LabelSelector*
            PolicyRule: 1 verbs string*, 2 apiGroups string*, 3 resources string*, 4 resourceNames string*, 5 nonResourceURLs string*
            RoleBinding: 1 metadata ObjectMeta, 2 subjects Subject*, 3 roleRef RoleRef
            ClusterRoleBinding: 1 metadata ObjectMeta, 2 subjects Subject*, 3 roleRef RoleRef
            Subject: 1 kind string, 2 apiGroup string, 3 name string, 4 namespace string
            RoleRef: 1 apiGroup string, 2 kind string, 3 name string
            Ingress: 1 metadata ObjectMeta, 2 spec IngressSpec, 3 status IngressStatus
            IngressStatus: 1 loadBalancer Empty
            IngressSpec: 1 defaultBackend IngressBackend, 2 tls IngressTLS*, 3 rules IngressRule*, 4 ingressClassName string
            IngressTLS: 1 hosts string*, 2 secretName string
            IngressRule: 1 host string, 2 (rule) IngressRuleValue
            IngressRuleValue: 1 http HTTPIngressRuleValue
            HTTPIngressRuleValue: 1 paths HTTPIngressPath*
            HTTPIngressPath: 1 path string, 2 backend IngressBackend, 3 pathType string
            IngressBackend: 4 service IngressServiceBackend
            IngressServiceBackend: 1 name string, 2 port ServiceBackendPort
            ServiceBackendPort: 1 name string, 2 number int
            PodDisruptionBudget: 1 metadata ObjectMeta, 2 spec PodDisruptionBudgetSpec, 3 status PodDisruptionBudgetStatus
            PodDisruptionBudgetSpec: 1 minAvailable IntOrString, 2 selector LabelSelector, 3 maxUnavailable IntOrString
            PodDisruptionBudgetStatus: 1 observedGeneration int, 3 disruptionsAllowed int, 4 currentHealthy int, 5 desiredHealthy int, 6 expectedPods int
            TokenRequest: 1 metadata ObjectMeta, 2 spec TokenRequestSpec, 3 status TokenRequestStatus
            TokenRequestSpec: 1 audiences string*, 4 expirationSeconds int?
            TokenRequestStatus: 1 token string, 2 expirationTimestamp Time
            TokenReview: 1 metadata ObjectMeta, 2 spec TokenReviewSpec, 3 status TokenReviewStatus
            TokenReviewSpec: 1 token string, 2 audiences string*
            TokenReviewStatus: 1 authenticated bool, 2 user UserInfo, 3 error string, 4 audiences string*
            UserInfo: 1 username string, 2 uid string, 3 groups string*
            SelfSubjectAccessReview: 1 metadata ObjectMeta, 2 spec AccessReviewSpec, 3 status AccessReviewStatus
            SubjectAccessReview: 1 metadata ObjectMeta, 2 spec AccessReviewSpec, 3 status AccessReviewStatus
            LocalSubjectAccessReview: 1 metadata ObjectMeta, 2 spec AccessReviewSpec, 3 status AccessReviewStatus
            AccessReviewSpec: 1 resourceAttributes ResourceAttributes, 2 nonResourceAttributes NonResourceAttributes, 3 user string, 4 groups string*, 6 uid string
            AccessReviewStatus: 1 allowed bool, 2 reason string, 3 evaluationError string, 4 denied bool
            ResourceAttributes: 1 namespace string, 2 verb string, 3 group string, 4 version string, 5 resource string, 6 subresource string, 7 name string
            NonResourceAttributes: 1 path string, 2 verb string
            SelfSubjectRulesReview: 1 metadata ObjectMeta, 2 spec SelfSubjectRulesReviewSpec, 3 status SubjectRulesReviewStatus
            SelfSubjectRulesReviewSpec: 1 namespace string
            SubjectRulesReviewStatus: 3 incomplete bool, 4 evaluationError string
            """;

    private static final Map<String, Map<Integer, Field>> TYPES = read();

    private MessageTypes() {}

    /// The field with a number. One that we do not know would be lost, so it ends the request.
    static Field field(String type, int number) {
        Map<Integer, Field> fields = TYPES.get(type);
        if (fields == null) {
            throw Refusal.unsupportedMediaType(List.of("application/json", "application/yaml"));
        }
        Field field = fields.get(number);
        if (field == null) {
            throw Refusal.badRequest("field " + number + " of " + type
                    + " cannot be read from protobuf here; send it as JSON or YAML ('kubectl apply -f')");
        }
        return field;
    }

    private static Map<String, Map<Integer, Field>> read() {
        var types = new HashMap<String, Map<Integer, Field>>();
        TABLE.lines().forEach(row -> {
            int colon = row.indexOf(": ");
            var fields = new HashMap<Integer, Field>();
            for (String cell : row.substring(colon + 2).split(", ")) {
                String[] words = cell.split(" ");
                boolean inline = words[1].startsWith("(");
                boolean repeated = words[2].endsWith("*");
                fields.put(Integer.parseInt(words[0]), new Field(words[1],
                        repeated ? words[2].substring(0, words[2].length() - 1) : words[2], repeated, inline));
            }
            types.put(row.substring(0, colon), fields);
        });
        return types;
    }
}
