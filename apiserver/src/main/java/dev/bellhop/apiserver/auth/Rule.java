package dev.bellhop.apiserver.auth;

import com.fasterxml.jackson.databind.JsonNode;

/// One rule of a role, as it is stored.
final class Rule {

    private Rule() {}

    static boolean allows(JsonNode rule, Ask ask) {
        if (!has(rule.path("verbs"), ask.verb())) {
            return false;
        }
        return switch (ask) {
            case Ask.OnPath(_, var path) -> coversPath(rule.path("nonResourceURLs"), path);
            case Ask.OnResource on -> has(rule.path("apiGroups"), on.group()) && coversResource(rule, on)
                    && (rule.path("resourceNames").isEmpty() || contains(rule.path("resourceNames"), on.name()));
        };
    }

    private static boolean coversResource(JsonNode rule, Ask.OnResource on) {
        JsonNode resources = rule.path("resources");
        return has(resources, on.path())
                || (!on.subresource().isEmpty() && contains(resources, "*/" + on.subresource()));
    }

    private static boolean coversPath(JsonNode urls, String path) {
        for (JsonNode url : urls) {
            String covered = url.asText();
            if (covered.equals(path) || (covered.endsWith("*")
                    && path.startsWith(covered.substring(0, covered.length() - 1)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(JsonNode list, String value) {
        return contains(list, "*") || contains(list, value);
    }

    private static boolean contains(JsonNode list, String value) {
        for (JsonNode one : list) {
            if (value.equals(one.asText())) {
                return true;
            }
        }
        return false;
    }
}
