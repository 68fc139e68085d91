package dev.bellhop.apiserver.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.status.Refusal;
import dev.bellhop.apiserver.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers from roles and bindings whether somebody may do something. `system:masters` may everything.
public final class Authorizer {

    private static final String GROUP = ".rbac.authorization.k8s.io";

    private final Store store;

    public Authorizer(Store store) {
        this.store = store;
    }

    /// Ends the request when the user may not.
    public void require(User user, Ask ask) {
        if (!allows(user, ask)) {
            throw switch (ask) {
                case Ask.OnPath(var verb, var path) -> Refusal.forbidden(
                        "forbidden: User \"" + user.name() + "\" cannot " + verb + " path \"" + path + "\"");
                case Ask.OnResource on -> Refusal.forbidden(
                        on.resource() + (on.group().isEmpty() ? "" : "." + on.group())
                                + (on.name().isEmpty() ? "" : " \"" + on.name() + "\"") + " is forbidden: User \""
                                + user.name() + "\" " + on.sentence());
            };
        }
    }

    public boolean allows(User user, Ask ask) {
        if (user.groups().contains(User.MASTERS)) {
            return true;
        }
        String namespace = ask instanceof Ask.OnResource on ? on.namespace() : "";
        return rules(user, namespace).anyMatch(rule -> Rule.allows(rule, ask));
    }

    /// All rules that hold for a user in a namespace; those of the whole cluster when it is empty.
    public Stream<JsonNode> rules(User user, String namespace) {
        Stream<JsonNode> everywhere = store.list("clusterrolebindings" + GROUP, "").stream()
                .filter(binding -> names(binding, user, "")).flatMap(binding -> rulesOf(binding, ""));
        if (namespace.isEmpty()) {
            return everywhere;
        }
        return Stream.concat(everywhere, store.list("rolebindings" + GROUP, namespace).stream()
                .filter(binding -> names(binding, user, namespace)).flatMap(binding -> rulesOf(binding, namespace)));
    }

    private static boolean names(ObjectNode binding, User user, String namespace) {
        for (JsonNode subject : binding.path("subjects")) {
            String name = subject.path("name").asText();
            boolean meant = switch (subject.path("kind").asText()) {
                case "User" -> name.equals(user.name());
                case "Group" -> user.groups().contains(name);
                case "ServiceAccount" -> user.name()
                        .equals("system:serviceaccount:" + subject.path("namespace").asText(namespace) + ":" + name);
                default -> false;
            };
            if (meant) {
                return true;
            }
        }
        return false;
    }

    private Stream<JsonNode> rulesOf(ObjectNode binding, String namespace) {
        return rulesOfRole(binding.path("roleRef"), namespace).stream();
    }

    /// The rules of the role that a binding refers to; none when it is missing.
    public List<JsonNode> rulesOfRole(JsonNode reference, String namespace) {
        boolean ofCluster = "ClusterRole".equals(reference.path("kind").asText());
        Optional<ObjectNode> role = store.get((ofCluster ? "clusterroles" : "roles") + GROUP,
                new Store.Key(ofCluster ? "" : namespace, reference.path("name").asText()));
        var rules = new ArrayList<JsonNode>();
        role.ifPresent(found -> {
            found.path("rules").forEach(rules::add);
            found.path("aggregationRule").path("clusterRoleSelectors").forEach(selector -> aggregate(selector, rules));
        });
        return rules;
    }

    private void aggregate(JsonNode selector, List<JsonNode> rules) {
        store.list("clusterroles" + GROUP, "").stream()
                .filter(role -> selector.path("matchLabels").properties().stream().allMatch(label -> Meta
                        .label(role, label.getKey()).filter(label.getValue().asText()::equals).isPresent()))
                .forEach(role -> role.path("rules").forEach(rules::add));
    }
}
