package dev.bellhop.engine.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

import dev.bellhop.api.SourceCluster;

/// A cluster that a source reads.
///
/// @param name               what events call it
/// @param secret             the Secret with its credentials; empty for the EventSource's own cluster
/// @param insecureSkipVerify whether its certificate is left unchecked
public record ClusterChoice(String name, Optional<String> secret, boolean insecureSkipVerify) {
    /// What the EventSource's own cluster is called.
    public static final String LOCAL = "local";

    /// The clusters of a spec; the own one when it names none.
    public static List<ClusterChoice> of(List<SourceCluster> clusters) {
        if (clusters.isEmpty()) {
            return List.of(new ClusterChoice(LOCAL, Optional.empty(), false));
        }
        return clusters.stream().map(cluster -> new ClusterChoice(name(cluster), secret(cluster),
                Boolean.TRUE.equals(cluster.insecureSkipVerify()))).toList();
    }

    /// What is wrong with the `clusters` of a spec, a sentence each.
    public static List<String> problems(List<SourceCluster> clusters) {
        var problems = new ArrayList<String>();
        var names = new HashSet<String>();
        for (int i = 0; i < clusters.size(); i++) {
            var cluster = clusters.get(i);
            var at = "clusters[" + i + "]";
            var name = name(cluster);
            if (!name.matches("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?")) {
                problems.add(
                        at + ".name '" + name + "' must be a name such as east: lower case letters, digits, - and .,"
                                + " 63 characters at most");
            } else if (!names.add(name)) {
                problems.add(at + ".name '" + name + "' is there twice: each cluster needs a name of its own");
            }
            if (secret(cluster).isEmpty() && !name.equals(LOCAL)) {
                problems.add(at + ".secretRef.name is missing: name a Secret with the credentials of cluster " + name
                        + "; only " + LOCAL + " needs none");
            }
        }
        return problems;
    }

    private static String name(SourceCluster cluster) {
        return cluster.name() == null ? "" : cluster.name();
    }

    private static Optional<String> secret(SourceCluster cluster) {
        return Optional.ofNullable(cluster.secretRef()).map(SourceCluster.SecretName::name)
                .filter(name -> !name.isBlank());
    }
}
