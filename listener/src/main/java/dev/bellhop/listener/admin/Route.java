package dev.bellhop.listener.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One thing that can be asked of the admin port.
///
/// @param template   the path, such as `/api/v1/deliveries/{id}`
/// @param parameters those that may stand behind the question mark
/// @param job        does it, on a virtual thread
record Route(String method, String template, Set<String> parameters, Job job) {
    /// What is to be done.
    @FunctionalInterface
    interface Job {
        Reply answer(ApiRequest request) throws InterruptedException;
    }

    /// What stands in the path where the template has names; empty when the path is another's.
    Optional<Map<String, String>> match(String path) {
        var wanted = template.split("/", -1);
        var given = path.split("/", -1);
        if (wanted.length != given.length) {
            return Optional.empty();
        }
        var variables = new HashMap<String, String>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                if (given[i].isEmpty()) {
                    return Optional.empty();
                }
                variables.put(wanted[i].substring(1, wanted[i].length() - 1), given[i]);
            } else if (!wanted[i].equals(decoded(given[i]))) {
                return Optional.empty();
            }
        }
        variables.replaceAll((_, value) -> decoded(value));
        return Optional.of(variables);
    }

    /// Some clients write `deliveries%3Atail`.
    private static String decoded(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }
}
