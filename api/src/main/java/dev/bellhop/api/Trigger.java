package dev.bellhop.api;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// What a team wants done with an event: check the sender, filter, bind values, render a template, act.
@Group(Bellhop.GROUP)
@Version(Bellhop.VERSION)
@Plural("triggers")
@ShortNames("tri")
@Categories("bellhop")
public final class Trigger extends CustomResource<TriggerSpec, TriggerStatus> implements Namespaced {}
