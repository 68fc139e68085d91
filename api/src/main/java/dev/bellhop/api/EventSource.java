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

/// Where events come from other than by HTTP: a schedule, a watch, a broker; and which Triggers of its namespace get them.
@JsonClassDescription("Where events come from other than by HTTP: a schedule, a watch, a broker; and which Triggers of its namespace get them.")
@Group(Bellhop.GROUP)
@Version(Bellhop.VERSION)
@Plural("eventsources")
@ShortNames("es")
@Categories("bellhop")
@AdditionalPrinterColumn(name = "Triggers", jsonPath = ".status.triggers", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Connected", jsonPath = ".status.conditions[?(@.type==\"Connected\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = AdditionalPrinterColumn.Type.DATE)
public final class EventSource extends CustomResource<EventSourceSpec, EventSourceStatus> implements Namespaced {}
