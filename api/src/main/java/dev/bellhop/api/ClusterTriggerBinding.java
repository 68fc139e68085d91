package dev.bellhop.api;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// Named values taken from an event, shared by the Triggers of the whole cluster.
@Group(Bellhop.GROUP)
@Version(Bellhop.VERSION)
@Plural("clustertriggerbindings")
@ShortNames("ctb")
@Categories("bellhop")
public final class ClusterTriggerBinding extends CustomResource<TriggerBindingSpec, NoStatus> {}
