package dev.bellhop.apiserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.ApiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may do what: tokens, roles, impersonation, reviews.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class AccessIT {

    private static final String RBAC = "rbac.authorization.k8s.io/v1";

    private final Scene scene;
    private final Api api;
    private final String maps;
    private final String account;

    AccessIT(ApiServer server) {
        this.scene = Scene.on(server);
        this.api = scene.api();
        this.maps = scene.core("configmaps");
        this.account = "system:serviceaccount:" + scene.namespace() + ":bob";
        api.post(scene.core("serviceaccounts"),
                "{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"metadata\":{\"name\":\"bob\"}}").expect(201);
        api.post(maps, Scene.configMap("a", "{}")).expect(201);
        api.post(maps, Scene.configMap("b", "{}")).expect(201);
    }

    @Test
    void tellsItsVersionAndHealthToAnybody() {
        assertThat(api.anonymous().get("/version").expect(200).path("major").asText()).isEqualTo("1");
        api.anonymous().get("/healthz").expect(200);
        api.anonymous().get("/readyz").expect(200);
    }

    @Test
    void refusesWhoHasNoToken() {
        api.anonymous().get(maps).refused(403, "Forbidden", "configmaps is forbidden: User \"system:anonymous\" cannot"
                + " list resource \"configmaps\" in API group \"\" in the namespace \"" + scene.namespace() + "\"");
    }

    @Test
    void refusesATokenThatIsNone() {
        api.withToken("nonsense").get(maps).refused(401, "Unauthorized", "Unauthorized");
    }

    @Test
    void refusesAUserWithoutARole() {
        as(account).get(maps + "/a").refused(403, "Forbidden",
                "configmaps \"a\" is forbidden: User \"" + account
                        + "\" cannot get resource \"configmaps\" in API group \"\" in the namespace \""
                        + scene.namespace()
                        + "\"");
    }

    @Test
    void refusesAtTheClusterScope() {
        as("jane").get("/api/v1/namespaces").refused(403, "Forbidden",
                "namespaces is forbidden: User \"jane\" cannot list resource \"namespaces\" in API group \"\" at the"
                        + " cluster scope");
    }

    @Test
    void namesTheGroupThatOneMayNotUse() {
        as("jane").post(scene.in("apps/v1", "deployments"), "{}").refused(403, "Forbidden",
                "deployments.apps is forbidden: User \"jane\" cannot create resource \"deployments\" in API group \"apps\"");
    }

    @Test
    void refusesPathsOutsideTheGroups() {
        api.anonymous().get("/metrics").refused(403, "Forbidden",
                "forbidden: User \"system:anonymous\" cannot get path \"/metrics\"");
    }

    @Test
    void aRoleLetsItsVerbsThrough() {
        grant("{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"get\"]}");

        as(account).get(maps + "/a").expect(200);
        as(account).get(maps).expect(403);
    }

    @Test
    void aRoleCanNameItsObjects() {
        grant("{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"resourceNames\":[\"a\"],\"verbs\":[\"get\",\"list\"]}");

        as(account).get(maps + "/a").expect(200);
        as(account).get(maps + "/b").expect(403);
        as(account).get(maps + "?fieldSelector=metadata.name%3Da").expect(200);
        as(account).get(maps).expect(403);
    }

    @Test
    void aRoleForObjectsIsNoneForTheirStatus() {
        api.post(scene.widgets(), Scene.widget("w", "{\"size\":1}")).expect(201);
        grant("{\"apiGroups\":[\"conformance.example.dev\"],\"resources\":[\"widgets\"],\"verbs\":[\"patch\"]}");

        as(account).mergePatch(scene.widgets() + "/w", "{\"spec\":{\"size\":2}}").expect(200);
        as(account).mergePatch(scene.widgets() + "/w/status", "{\"status\":{\"phase\":\"x\"}}").refused(403,
                "Forbidden",
                "cannot patch resource \"widgets/status\" in API group \"conformance.example.dev\"");
    }

    @Test
    void aRoleEndsAtItsNamespace() {
        grant("{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"verbs\":[\"*\"]}");

        as(account).get(maps).expect(200);
        as(account).get("/api/v1/namespaces/default/configmaps").expect(403);
    }

    @Test
    void aClusterRoleReachesEverywhere() {
        String name = scene.namespace() + "-reader";
        api.post("/apis/" + RBAC + "/clusterroles", role("ClusterRole", name,
                "{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"list\"]}")).expect(201);
        api.post("/apis/" + RBAC + "/clusterrolebindings", binding("ClusterRoleBinding", name, "ClusterRole", name))
                .expect(201);

        eventually(200, as(account), "/api/v1/configmaps");
    }

    @Test
    void aBindingCanBringAClusterRoleIntoOneNamespace() {
        String name = scene.namespace() + "-reader";
        api.post("/apis/" + RBAC + "/clusterroles", role("ClusterRole", name,
                "{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"list\"]}")).expect(201);
        api.post(scene.in(RBAC, "rolebindings"), binding("RoleBinding", name, "ClusterRole", name)).expect(201);

        eventually(200, as(account), maps);
        as(account).get("/api/v1/configmaps").expect(403);
    }

    @Test
    void aBindingCanNameAGroup() {
        api.post(scene.in(RBAC, "roles"),
                role("Role", "r", "{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"list\"]}"))
                .expect(201);
        api.post(scene.in(RBAC, "rolebindings"),
                "{\"apiVersion\":\"" + RBAC + "\",\"kind\":\"RoleBinding\",\"metadata\":{\"name\":\"r\"},\"roleRef\":{"
                        + "\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"r\"},\"subjects\":[{"
                        + "\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Group\",\"name\":\"readers\"}]}")
                .expect(201);

        eventually(200, as("jane").withHeader("Impersonate-Group", "readers"), maps);
        as("jane").get(maps).expect(403);
    }

    @Test
    void mastersMayEverything() {
        JsonNode review = review("subjectaccessreviews", "\"user\":\"x\",\"groups\":[\"system:masters\"],"
                + "\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"secrets\"}");

        assertThat(review.path("status").path("allowed").asBoolean()).isTrue();
    }

    @Test
    void refusesToActForOthersWithoutTheRight() {
        grant("{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"get\"]}");

        api.withToken(token()).withHeader("Impersonate-User", "jane").get(maps + "/a").refused(403, "Forbidden",
                "users \"jane\" is forbidden: User \"" + account
                        + "\" cannot impersonate resource \"users\" in API group"
                        + " \"\" at the cluster scope");
    }

    @Test
    void letsActForAServiceAccountWithTheRight() {
        grant("{\"apiGroups\":[\"\"],\"resources\":[\"serviceaccounts\"],\"verbs\":[\"impersonate\"]}");

        // The other one has no rights of its own, and it is its name that the answer tells.
        String other = "system:serviceaccount:" + scene.namespace() + ":alice";
        api.withToken(token()).withHeader("Impersonate-User", other).get(maps).refused(403, "Forbidden",
                "User \"" + other + "\" cannot list");
    }

    @Test
    void givesATokenThatIsItsAccount() {
        grant("{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"get\"]}");

        eventually(200, api.withToken(token()), maps + "/a");
    }

    @Test
    void refusesATokenForLessThanTenMinutes() {
        api.post(scene.core("serviceaccounts") + "/bob/token", "{\"apiVersion\":\"authentication.k8s.io/v1\","
                + "\"kind\":\"TokenRequest\",\"spec\":{\"expirationSeconds\":60}}").refused(422, "Invalid",
                        "may not specify a duration less than 10 minutes");
    }

    @Test
    void aTokenEndsWithItsAccount() {
        String token = token();
        api.delete(scene.core("serviceaccounts") + "/bob").expect(200);

        eventually(401, api.withToken(token), maps);
    }

    @Test
    void tellsWhoseATokenIs() {
        JsonNode status = reviewToken(token());

        assertThat(status.path("authenticated").asBoolean()).isTrue();
        assertThat(status.path("user").path("username").asText()).isEqualTo(account);
        assertThat(status.path("user").path("groups"))
                .hasToString("[\"system:serviceaccounts\",\"system:serviceaccounts:"
                        + scene.namespace() + "\",\"system:authenticated\"]");
    }

    @Test
    void tellsThatATokenIsNobodys() {
        assertThat(reviewToken("nonsense").path("authenticated").asBoolean(false)).isFalse();
    }

    @Test
    void tellsWhatOthersMayDo() {
        grant("{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"get\"]}");

        String attributes = "\"user\":\"" + account + "\",\"resourceAttributes\":{\"namespace\":\"" + scene.namespace()
                + "\",\"verb\":\"%s\",\"resource\":\"configmaps\"}";
        assertThat(
                review("subjectaccessreviews", attributes.formatted("get")).path("status").path("allowed").asBoolean())
                .isTrue();
        assertThat(review("subjectaccessreviews", attributes.formatted("delete")).path("status").path("allowed")
                .asBoolean()).isFalse();
    }

    @Test
    void tellsWhatOneMayDoOneself() {
        JsonNode review = as("jane")
                .post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
                        "{\"apiVersion\":\"authorization.k8s.io/v1\","
                                + "\"kind\":\"SelfSubjectAccessReview\",\"spec\":{\"resourceAttributes\":{\"verb\":\"get\","
                                + "\"resource\":\"secrets\",\"namespace\":\"" + scene.namespace() + "\"}}}")
                .expect(201);

        assertThat(review.path("status").path("allowed").asBoolean()).isFalse();
    }

    @Test
    void tellsWhatOthersMayDoInOneNamespace() {
        grant("{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"get\"]}");

        JsonNode review = api.post(scene.in("authorization.k8s.io/v1", "localsubjectaccessreviews"),
                "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"LocalSubjectAccessReview\",\"metadata\":{\"namespace\":\""
                        + scene.namespace() + "\"},\"spec\":{\"user\":\"" + account + "\",\"resourceAttributes\":{"
                        + "\"namespace\":\"" + scene.namespace() + "\",\"verb\":\"get\",\"resource\":\"configmaps\"}}}")
                .expect(201);

        assertThat(review.path("status").path("allowed").asBoolean()).isTrue();
    }

    @Test
    void tellsWhichPathsOneMayRead() {
        JsonNode review = review("subjectaccessreviews",
                "\"user\":\"jane\",\"groups\":[\"system:authenticated\"],\"nonResourceAttributes\":{\"path\":\"/version\","
                        + "\"verb\":\"get\"}");

        assertThat(review.path("status").path("allowed").asBoolean()).isTrue();
    }

    @Test
    void refusesToGiveAwayRightsThatOneDoesNotHave() {
        grant("{\"apiGroups\":[\"rbac.authorization.k8s.io\"],\"resources\":[\"roles\"],\"verbs\":[\"create\"]}");

        as(account).post(scene.in(RBAC, "roles"),
                role("Role", "more", "{\"apiGroups\":[\"\"],\"resources\":[\"secrets\"],\"verbs\":[\"get\"]}"))
                .refused(403, "Forbidden", "is attempting to grant RBAC permissions not currently held");
    }

    @Test
    void refusesAnotherRoleForABinding() {
        grant("{\"apiGroups\":[\"\"],\"resources\":[\"configmaps\"],\"verbs\":[\"get\"]}");

        api.mergePatch(scene.in(RBAC, "rolebindings") + "/granted", "{\"roleRef\":{\"name\":\"another\"}}").refused(422,
                "Invalid", "cannot change roleRef");
    }

    private Api as(String user) {
        return api.withHeader("Impersonate-User", user);
    }

    /// A role with one rule for the account, and a wait until the server goes by it.
    private void grant(String rule) {
        api.post(scene.in(RBAC, "roles"), role("Role", "granted",
                rule + ",{\"apiGroups\":[\"\"],\"resources\":[\"endpoints\"],\"verbs\":[\"list\"]}")).expect(201);
        api.post(scene.in(RBAC, "rolebindings"), binding("RoleBinding", "granted", "Role", "granted")).expect(201);
        eventually(200, as(account), scene.core("endpoints"));
    }

    private String role(String kind, String name, String rules) {
        return "{\"apiVersion\":\"" + RBAC + "\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + name
                + "\"},\"rules\":[" + rules + "]}";
    }

    private String binding(String kind, String name, String roleKind, String role) {
        return "{\"apiVersion\":\"" + RBAC + "\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + name
                + "\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"" + roleKind
                + "\",\"name\":\""
                + role + "\"},\"subjects\":[{\"kind\":\"ServiceAccount\",\"name\":\"bob\",\"namespace\":\""
                + scene.namespace() + "\"}]}";
    }

    private String token() {
        return api.post(scene.core("serviceaccounts") + "/bob/token",
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}").expect(201)
                .path("status").path("token").asText();
    }

    private JsonNode reviewToken(String token) {
        return api.post("/apis/authentication.k8s.io/v1/tokenreviews", "{\"apiVersion\":\"authentication.k8s.io/v1\","
                + "\"kind\":\"TokenReview\",\"spec\":{\"token\":\"" + token + "\"}}").expect(201).path("status");
    }

    private JsonNode review(String plural, String spec) {
        return api.post("/apis/authorization.k8s.io/v1/" + plural,
                "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SubjectAccessReview\",\"spec\":{" + spec + "}}")
                .expect(201);
    }

    private static void eventually(int code, Api as, String path) {
        org.awaitility.Awaitility.await().atMost(java.time.Duration.ofSeconds(20))
                .until(() -> as.get(path).code() == code);
    }
}
