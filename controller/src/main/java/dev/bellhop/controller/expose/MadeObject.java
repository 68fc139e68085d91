package dev.bellhop.controller.expose;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.ObjectName;

/// An object that is to be in the cluster.
///
/// @param content the whole object, but for what the cluster adds
/// @param serves  the uids of those who are exposed through it
record MadeObject(ObjectKey key, JsonNode content, List<String> serves) {
    /// Which object.
    record ObjectKey(MadeKind kind, ObjectName name) {
        @Override
        public String toString() {
            return kind.kindName() + " " + name;
        }
    }

    /// Whether `have`, as read from the cluster, is already as this wants it. What others wrote beside it does not count.
    boolean isFulfilledBy(JsonNode have) {
        return covers(have, content);
    }

    private static boolean covers(JsonNode have, JsonNode want) {
        if (want.isObject()) {
            return want.properties().stream().allMatch(field -> covers(have.path(field.getKey()), field.getValue()));
        }
        if (want.isArray()) {
            return have.size() == want.size() && want.valueStream()
                    .allMatch(one -> have.valueStream().anyMatch(other -> covers(other, one)));
        }
        return have.isValueNode() && have.asText().equals(want.asText());
    }
}
