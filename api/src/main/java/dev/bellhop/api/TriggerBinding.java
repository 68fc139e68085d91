package dev.bellhop.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// Named values taken from an event, shared by the Triggers of one namespace.
@Group(Bellhop.GROUP)
@Version(Bellhop.VERSION)
@Plural("triggerbindings")
@ShortNames("tb")
@Categories("bellhop")
public final class TriggerBinding extends CustomResource<TriggerBindingSpec, NoStatus> implements Namespaced {}
