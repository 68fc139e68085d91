package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.action.ActionSpec;
import org.jspecify.annotations.Nullable;

/// What a [Trigger] does with an event, in this order: interceptors, bindings, template, actions; and how its deliveries are
/// carried out. Absent lists read as empty.
@JsonClassDescription("What the Trigger does with an event, in this order: interceptors (checks and filters), bindings (values), template (objects), actions, as serviceAccountName; and how its deliveries are carried out (retry and what follows). Field names match in any case; a field that does not exist here makes the Trigger not Ready.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TriggerSpec(
        @JsonPropertyDescription("Accepted for compatibility with Tekton Triggers and ignored: metadata.name is the name.") @Nullable String name,
        @JsonPropertyDescription("ServiceAccount, in the Trigger's namespace, that creates the objects. Default: that of the EventListener.") @Nullable String serviceAccountName,
        @JsonPropertyDescription("Checks and filters, run in order; the first that does not continue ends the run.") List<InterceptorSpec> interceptors,
        @JsonPropertyDescription("Several different events that the Trigger waits for before it acts once for all of them. Absent: it acts for each event.") @Nullable ConditionsSpec conditions,
        @JsonPropertyDescription("Where the values of the template's params come from.") List<Binding> bindings,
        @JsonPropertyDescription("What is created.") @Nullable TemplateRef template,
        @JsonPropertyDescription("What else is done, in order, after the objects of the template exist. A Trigger has a template, actions or both. Texts may hold expressions: ${{ CEL }}.") List<ActionSpec> actions,
        @JsonPropertyDescription("When a failed delivery is tried again, and when it is given up.") @JsonAlias("retryStrategy") @Nullable RetrySpec retry,
        @JsonPropertyDescription("What becomes of a delivery that is given up.") @Nullable DeadLetterSpec deadLetter,
        @JsonPropertyDescription("How an event that the sender sends twice is recognised: it is done once.") @Nullable DedupSpec dedup,
        @JsonPropertyDescription("Which deliveries exclude each other, such as those of one pull request. Absent: none.") @Nullable ConcurrencySpec concurrency,
        @JsonPropertyDescription("What this Trigger may use. Only lower than what the admin allows.") @Nullable LimitsSpec limits,
        @JsonPropertyDescription("true: events are taken in and kept, and delivered when it is false again. Default: false.") @Nullable Boolean suspend,
        @JsonPropertyDescription("true: a delivery that is given up deletes the objects that it created. Default: false.") @Nullable Boolean rollback) {

    public TriggerSpec {
        interceptors = interceptors == null ? List.of() : List.copyOf(interceptors);
        bindings = bindings == null ? List.of() : List.copyOf(bindings);
        actions = actions == null ? List.of() : List.copyOf(actions);
    }

    /// The fields that say how deliveries are carried out.
    public DeliverySpec delivery() {
        return new DeliverySpec(retry, deadLetter, dedup, concurrency, limits, suspend, rollback);
    }
}
