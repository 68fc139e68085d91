package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.action.ActionSpec;
import org.jspecify.annotations.Nullable;

/// A Trigger inside an EventListener: either `triggerRef`, or `template` and `actions` with what goes with them.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventListenerTrigger(
        @JsonPropertyDescription("Name of this inline Trigger; a valid label value.") @Nullable String name,
        @JsonPropertyDescription("Name of a Trigger in the EventListener's namespace. Excludes template, bindings and interceptors.") @Nullable String triggerRef,
        @JsonPropertyDescription("Where the values come from.") List<Binding> bindings,
        @JsonPropertyDescription("What is created.") @Nullable TemplateRef template,
        @JsonPropertyDescription("What else is done, in order, after the objects of the template exist, as in a Trigger.") List<ActionSpec> actions,
        @JsonPropertyDescription("Checks and filters, run in order.") List<InterceptorSpec> interceptors,
        @JsonPropertyDescription("ServiceAccount, in the EventListener's namespace, that creates the objects.") @Nullable String serviceAccountName,
        @JsonPropertyDescription("When a failed delivery is tried again, and when it is given up.") @JsonAlias("retryStrategy") @Nullable RetrySpec retry,
        @JsonPropertyDescription("What becomes of a delivery that is given up.") @Nullable DeadLetterSpec deadLetter,
        @JsonPropertyDescription("How an event that the sender sends twice is recognised: it is done once.") @Nullable DedupSpec dedup,
        @JsonPropertyDescription("Which deliveries exclude each other, such as those of one pull request. Absent: none.") @Nullable ConcurrencySpec concurrency,
        @JsonPropertyDescription("What this Trigger may use. Only lower than what the admin allows.") @Nullable LimitsSpec limits,
        @JsonPropertyDescription("true: events are taken in and kept, and delivered when it is false again. Default: false.") @Nullable Boolean suspend,
        @JsonPropertyDescription("true: a delivery that is given up deletes the objects that it created. Default: false.") @Nullable Boolean rollback) {

    public EventListenerTrigger {
        bindings = bindings == null ? List.of() : List.copyOf(bindings);
        actions = actions == null ? List.of() : List.copyOf(actions);
        interceptors = interceptors == null ? List.of() : List.copyOf(interceptors);
    }

    /// The fields that say how deliveries are carried out.
    public DeliverySpec delivery() {
        return new DeliverySpec(retry, deadLetter, dedup, concurrency, limits, suspend, rollback);
    }
}
