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

/// What a team wants done with an event: check the sender, filter, bind values, render a template, act.
@JsonClassDescription("What a team wants done with an event: check the sender, filter, bind values, render a template, create its objects. status.address.url is where to send the events.")
@Group(Bellhop.GROUP)
@Version(Bellhop.VERSION)
@Plural("triggers")
@ShortNames("tri")
@Categories("bellhop")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "URL", jsonPath = ".status.address.url")
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = AdditionalPrinterColumn.Type.DATE)
public final class Trigger extends CustomResource<TriggerSpec, TriggerStatus> implements Namespaced {}
