package dev.bellhop.engine.trigger;

import java.util.List;
import java.util.Map;

import dev.bellhop.api.Binding;
import dev.bellhop.api.ConditionsSpec;
import dev.bellhop.api.DeliverySpec;
import dev.bellhop.api.InterceptorSpec;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.TemplateRef;
import dev.bellhop.api.action.ActionSpec;
import org.jspecify.annotations.Nullable;

/// What there is to compile: a Trigger object, or a Trigger written into an EventListener.
///
/// @param uid            of the object that holds it, made unique for an inline Trigger
/// @param field          where it stands, for messages: `spec` or `spec.triggers[2]`
/// @param serviceAccount that creates the objects, in the namespace of `name`; absent: the EventListener's
public record Definition(ObjectName name, String uid, Map<String, String> labels, String field,
        @Nullable String serviceAccount, List<InterceptorSpec> interceptors, @Nullable ConditionsSpec conditions,
        List<Binding> bindings,
        @Nullable TemplateRef template, List<ActionSpec> actions, DeliverySpec delivery) {}
