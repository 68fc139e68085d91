package dev.bellhop.engine.trigger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.action.Actions;
import dev.bellhop.engine.bind.Bindings;
import dev.bellhop.engine.cel.Conjunct;
import dev.bellhop.engine.cel.Failure;
import dev.bellhop.engine.conditions.Conditions;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.intercept.Decision;
import dev.bellhop.engine.intercept.Interceptor;
import dev.bellhop.engine.policy.DeliveryPolicy;
import dev.bellhop.engine.render.Template;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;

/// A Trigger ready to run; the only place that knows the order: decide (the interceptors, in turn), then bind, then render
/// the template, then the actions.
/// Shared by threads.
///
/// @param uid            of the Trigger object: a Trigger that was deleted and written anew is another one
/// @param serviceAccount that creates the objects, in the Trigger's namespace; absent: the EventListener's
/// @param interceptors   a group's, if it was chosen through one, then its own
/// @param secrets        every secret that deciding may look up
/// @param conjuncts      what must hold of an event for the Trigger to continue; may be empty
/// @param policy         how its deliveries are carried out
/// @param deadLetter     what is done for a delivery that is given up
/// @param conditions     the events it waits for before it acts; absent: it acts for each
public record CompiledTrigger(ObjectName name, String uid, Map<String, String> labels, Optional<String> serviceAccount,
        List<Interceptor> interceptors, List<SecretRef> secrets, List<Conjunct> conjuncts, Bindings bindings,
        Optional<Template> template, Actions actions, DeliveryPolicy policy, Actions deadLetter,
        Optional<Conditions> conditions) {

    /// Derives secrets and conjuncts from the interceptors.
    static CompiledTrigger of(ObjectName name, String uid, Map<String, String> labels, Optional<String> serviceAccount,
            List<Interceptor> interceptors, Bindings bindings, Optional<Template> template, Actions actions,
            DeliveryPolicy policy, Actions deadLetter, Optional<Conditions> conditions) {
        return new CompiledTrigger(name, uid, labels, serviceAccount, List.copyOf(interceptors),
                interceptors.stream().flatMap(interceptor -> interceptor.secrets().stream()).distinct().toList(),
                interceptors.stream().flatMap(interceptor -> interceptor.conjuncts().stream()).distinct().toList(),
                bindings, template, actions, policy, deadLetter, conditions);
    }

    /// Whether the event is for this Trigger. [Decision.Continue] carries the extensions of all interceptors, merged by top-level
    /// key; anything else is the first interceptor's that did not continue.
    public Decision decide(Event event, Secrets secrets) {
        ObjectNode extensions = JsonNodeFactory.instance.objectNode();
        for (var interceptor : interceptors) {
            var decision = interceptor.intercept(event, extensions, secrets);
            if (!(decision instanceof Decision.Continue(var added))) {
                return decision;
            }
            extensions.setAll(added);
        }
        return new Decision.Continue(extensions);
    }

    /// What the event asks for. `uid` is the value of `$(uid)`.
    public Made make(Event event, ObjectNode extensions, String uid) {
        return switch (bindings.bind(event, extensions)) {
            case Bindings.Bound.Failed(var why) -> new Made.Failed(Made.Step.BIND, why);
            case Bindings.Bound.Values values -> template.isEmpty()
                    ? withActions(List.of(), event, extensions, values)
                    : switch (template.get().render(values, uid)) {
                        case Template.Rendered.Failed(var why) -> new Made.Failed(Made.Step.RENDER, why);
                        case Template.Rendered.Resources(var resources) ->
                            withActions(resources, event, extensions, values);
                    };
        };
    }

    /// Everything is rendered before anything is done: what cannot be rendered must not be found out half way.
    private Made withActions(List<ObjectNode> resources, Event event, ObjectNode extensions,
            Bindings.Bound.Values values) {
        if (actions.isEmpty()) {
            return new Made.Work(resources, List.of());
        }
        return switch (actions.render(event, extensions, params(values))) {
            case Actions.Rendered.Failed(var why) -> new Made.Failed(Made.Step.RENDER, why);
            case Actions.Rendered.Steps(var steps) -> new Made.Work(resources, steps);
        };
    }

    private static ObjectNode params(Bindings.Bound.Values values) {
        var params = JsonNodeFactory.instance.objectNode();
        values.params().forEach((name, value) -> params.put(name, value.content()));
        return params;
    }

    /// What is to be done for a delivery of the event that is given up because of `failure`. If it is because the bindings
    /// failed, there are no params.
    public Actions.Rendered makeDeadLetter(Event event, ObjectNode extensions, Failure failure) {
        var params = bindings.bind(event, extensions) instanceof Bindings.Bound.Values values
                ? params(values)
                : JsonNodeFactory.instance.objectNode();
        return deadLetter.render(event, extensions, params, failure);
    }

    /// The same Trigger behind the interceptors of a group.
    public CompiledTrigger behind(List<Interceptor> group) {
        var all = new ArrayList<Interceptor>(group);
        all.addAll(interceptors);
        return of(name, uid, labels, serviceAccount, all, bindings, template, actions, policy, deadLetter,
                conditions);
    }
}
