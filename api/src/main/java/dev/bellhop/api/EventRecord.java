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

/// The last events about something, as the action `recordEvent` writes them.
@JsonClassDescription("The last events about something, as the action recordEvent writes them.")
@Group(Bellhop.GROUP)
@Version(Bellhop.VERSION)
@Plural("eventrecords")
@ShortNames("er")
@Categories("bellhop")
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = AdditionalPrinterColumn.Type.DATE)
public final class EventRecord extends CustomResource<EventRecordSpec, NoStatus> implements Namespaced {}
