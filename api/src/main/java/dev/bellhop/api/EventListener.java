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

/// A door for events: which Triggers it serves, and where senders reach it.
@JsonClassDescription("A door for events: which Triggers it serves, and where senders reach it.")
@Group(Bellhop.GROUP)
@Version(Bellhop.VERSION)
@Plural("eventlisteners")
@ShortNames("el")
@Categories("bellhop")
@AdditionalPrinterColumn(name = "Address", jsonPath = ".status.address.url")
@AdditionalPrinterColumn(name = "Triggers", jsonPath = ".status.triggers", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = AdditionalPrinterColumn.Type.DATE)
public final class EventListener extends CustomResource<EventListenerSpec, EventListenerStatus> implements Namespaced {}
