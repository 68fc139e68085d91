package dev.bellhop.apiserver.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The words of a URL below `/api/v1` or `/apis/GROUP/VERSION`.
record ResourcePath(String group, String version, String namespace, String plural, String name, String subresource) {

    private static final Set<String> OF_NAMESPACE = Set.of("status", "finalize");

    static Optional<ResourcePath> parse(String path) {
        List<String> words = Arrays.asList(path.substring(1).split("/"));
        if (words.size() >= 3 && "api".equals(words.get(0))) {
            return parse("", words.get(1), words.subList(2, words.size()));
        }
        if (words.size() >= 4 && "apis".equals(words.get(0))) {
            return parse(words.get(1), words.get(2), words.subList(3, words.size()));
        }
        return Optional.empty();
    }

    private static Optional<ResourcePath> parse(String group, String version, List<String> words) {
        boolean scoped = "namespaces".equals(words.get(0)) && words.size() >= 3
                && !(words.size() == 3 && OF_NAMESPACE.contains(words.get(2)));
        String namespace = scoped ? words.get(1) : "";
        List<String> rest = scoped ? words.subList(2, words.size()) : words;
        if (rest.size() > 3) {
            return Optional.empty();
        }
        return Optional.of(new ResourcePath(group, version, namespace, rest.get(0), rest.size() > 1 ? rest.get(1) : "",
                rest.size() > 2 ? rest.get(2) : ""));
    }
}
