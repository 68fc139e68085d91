package dev.bellhop.listener.source.kube;

import java.util.Optional;

import dev.bellhop.engine.source.KindChoice;

/// Which objects of a cluster a [Reflector] reads.
///
/// @param kind            of the objects
/// @param namespace       in which they are; empty for all
/// @param namespaceChosen whether the user chose a namespace, which a kind without namespaces cannot have
/// @param labelSelector   as the API has it; empty for all
/// @param metadataOnly    whether their metadata is enough
public record Wanted(KindChoice kind, Optional<String> namespace, boolean namespaceChosen, String labelSelector,
        boolean metadataOnly) {
    /// Objects of a kind, anywhere.
    public static Wanted of(KindChoice kind, String labelSelector, boolean metadataOnly) {
        return new Wanted(kind, Optional.empty(), false, labelSelector, metadataOnly);
    }

    Wanted in(Optional<String> namespace, boolean chosen) {
        return new Wanted(kind, namespace, chosen, labelSelector, metadataOnly);
    }

    String accept(boolean list) {
        return metadataOnly
                ? "application/json;as=PartialObjectMetadata" + (list ? "List" : "") + ";g=meta.k8s.io;v=v1"
                : "application/json";
    }

    @Override
    public String toString() {
        return kind + namespace.map(name -> " in namespace " + name).orElse(" in all namespaces");
    }
}
