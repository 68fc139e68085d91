package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// The objects that a Trigger creates, with `$(tt.params.NAME)` where the values of an event go.
@JsonClassDescription("The objects that a Trigger creates, with $(tt.params.NAME) where the values of an event go.")
@Group(Bellhop.GROUP)
@Version(Bellhop.VERSION)
@Plural("triggertemplates")
@ShortNames("tt")
@Categories("bellhop")
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = AdditionalPrinterColumn.Type.DATE)
public final class TriggerTemplate extends CustomResource<TriggerTemplateSpec, NoStatus> implements Namespaced {}
