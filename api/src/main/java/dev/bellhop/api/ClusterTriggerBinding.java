package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// Named values taken from an event, shared by the Triggers of the whole cluster.
@JsonClassDescription("Named values taken from an event, shared by the Triggers of the whole cluster.")
@Group(Bellhop.GROUP)
@Version(Bellhop.VERSION)
@Plural("clustertriggerbindings")
@ShortNames("ctb")
@Categories("bellhop")
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = AdditionalPrinterColumn.Type.DATE)
public final class ClusterTriggerBinding extends CustomResource<TriggerBindingSpec, NoStatus> {}
