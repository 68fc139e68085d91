package dev.bellhop.apiserver.http;

import dev.bellhop.apiserver.auth.Ask;
import dev.bellhop.apiserver.auth.Authorizer;
import dev.bellhop.apiserver.kind.Catalog;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.select.FieldSelector;
import dev.bellhop.apiserver.status.Refusal;
import dev.bellhop.apiserver.write.Target;
import java.util.Optional;

/// What an allowed request does to what.
record Located(Verb verb, Target target) {

    /// Finds what the path names and makes sure that the user may do this. The order matters: who may not ask learns
    /// nothing about what there is.
    static Located allowed(Call call, ResourcePath path, Catalog catalog, Authorizer authorizer) {
        Verb verb = Verb.of(call, path);
        String namespace = path.namespace().isEmpty() && path.group().isEmpty() && "namespaces".equals(path.plural())
                ? path.name()
                : path.namespace();
        Optional<ResourceType> type = catalog.find(path.group(), path.version(), path.plural());
        // Roles with resource names let a list of just that name through.
        String name = path.name().isEmpty() && type.isPresent()
                ? FieldSelector.parse(call.parameter("fieldSelector"), type.get()).name().orElse("")
                : path.name();
        authorizer.require(call.user(), new Ask.OnResource(verb.word(), path.group(), path.plural(),
                path.subresource(), namespace, name));
        ResourceType found = type.orElseThrow(Refusal::noSuchPath);
        if (!path.subresource().isEmpty() && !found.has(path.subresource())) {
            throw Refusal.noSuchPath();
        }
        boolean wantsNamespace = found.namespaced() && path.namespace().isEmpty()
                && (!path.name().isEmpty() || verb == Verb.CREATE || verb == Verb.DELETECOLLECTION);
        if (wantsNamespace || (!found.namespaced() && !path.namespace().isEmpty())) {
            throw verb == Verb.CREATE || verb == Verb.DELETECOLLECTION
                    ? Refusal.methodNotAllowed()
                    : Refusal.noSuchPath();
        }
        return new Located(verb, new Target(found, path.namespace(), path.name(), path.subresource()));
    }
}
