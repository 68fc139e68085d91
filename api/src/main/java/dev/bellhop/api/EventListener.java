package dev.bellhop.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A door for events: which Triggers it serves, and where senders reach it.
@Group(Bellhop.GROUP)
@Version(Bellhop.VERSION)
@Plural("eventlisteners")
@ShortNames("el")
@Categories("bellhop")
public final class EventListener extends CustomResource<EventListenerSpec, EventListenerStatus> implements Namespaced {}
