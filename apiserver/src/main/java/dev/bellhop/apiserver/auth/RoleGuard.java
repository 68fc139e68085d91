package dev.bellhop.apiserver.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.status.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keeps anybody from giving away rights that they do not have: a role may only hold rules that its writer has too
/// (unless they may `escalate`), and a binding only refer to a role whose rules its writer has (unless they may `bind`).
public final class RoleGuard {

    private static final String GROUP = "rbac.authorization.k8s.io";

    private final Authorizer authorizer;

    public RoleGuard(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /// Ends the request when the object would grant more than the user has.
    public void requireHeld(User user, ResourceType type, String namespace, ObjectNode object,
            Optional<ObjectNode> old) {
        if (!guards(user, type)) {
            return;
        }
        boolean binding = type.plural().endsWith("bindings");
        List<JsonNode> rules = new ArrayList<>();
        if (binding) {
            rules.addAll(authorizer.rulesOfRole(object.path("roleRef"), namespace));
        } else {
            object.path("rules").forEach(rules::add);
            old.ifPresent(before -> before.path("rules").forEach(rules::remove));
        }
        String role = binding ? object.path("roleRef").path("name").asText() : Meta.name(object);
        String kinds = binding
                ? "ClusterRole".equals(object.path("roleRef").path("kind").asText()) ? "clusterroles" : "roles"
                : type.plural();
        if (authorizer.allows(user,
                new Ask.OnResource(binding ? "bind" : "escalate", GROUP, kinds, "", namespace, role))) {
            return;
        }
        if (!rules.stream().allMatch(rule -> holds(user, namespace, rule))) {
            throw Refusal.forbidden(type, Meta.name(object), "user \"" + user.name() + "\" (groups=" + user.groups()
                    + ") is attempting to grant RBAC permissions not currently held");
        }
    }

    /// Whether it looks at all at what this user writes of this kind.
    public boolean guards(User user, ResourceType type) {
        return type.group().equals(GROUP) && !user.groups().contains(User.MASTERS);
    }

    private boolean holds(User user, String namespace, JsonNode rule) {
        return asks(rule, namespace).stream().allMatch(ask -> authorizer.allows(user, ask));
    }

    private static List<Ask> asks(JsonNode rule, String namespace) {
        var asks = new ArrayList<Ask>();
        for (JsonNode verb : rule.path("verbs")) {
            rule.path("nonResourceURLs").forEach(url -> asks.add(new Ask.OnPath(verb.asText(), url.asText())));
            for (JsonNode group : rule.path("apiGroups")) {
                for (JsonNode resource : rule.path("resources")) {
                    String[] words = resource.asText().split("/", 2);
                    List<String> names = new ArrayList<>();
                    rule.path("resourceNames").forEach(name -> names.add(name.asText()));
                    (names.isEmpty() ? List.of("") : names)
                            .forEach(name -> asks.add(new Ask.OnResource(verb.asText(), group.asText(), words[0],
                                    words.length > 1 ? words[1] : "", namespace, name)));
                }
            }
        }
        return asks;
    }
}
