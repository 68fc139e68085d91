package dev.bellhop.apiserver.write;

import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.schema.Schema;
import java.util.List;
import java.util.Set;

/// The kind that others live in, for messages about it from where no catalog is at hand.
final class Namespaces {

    static final ResourceType TYPE = new ResourceType("", "v1",
            new ResourceType.Names("Namespace", "namespaces", "", List.of("ns"), List.of()), false, "namespaces",
            Set.of("status", "finalize"), false, Schema.ANYTHING, List.of(), false);

    private Namespaces() {}
}
