package dev.bellhop.engine.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.bellhop.api.LimitsSpec;
import dev.bellhop.api.ListenerLimits;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import org.jspecify.annotations.Nullable;

/// What the admin allows one namespace, a tenant: its Triggers together, and each of them. An EventListener says it for
/// all that it serves, annotations of a Namespace for that one; they may say more or less. A Trigger can only say less.
///
/// @param perNamespace what the Triggers of the namespace may use together
/// @param perTrigger   what each of them may use
public record AdminLimits(Limits perNamespace, Limits perTrigger) {
    /// When an admin says nothing: 100,000 deliveries and 1 GiB of events may wait for each namespace.
    public static final AdminLimits DEFAULT = new AdminLimits(
            new Limits(Optional.empty(), Optional.empty(), Optional.of(100_000L), Optional.of(1L << 30)), Limits.NONE);

    /// What an EventListener allows, whose `limits` these are; what they leave open is as in [#DEFAULT]. What is wrong goes
    /// to `problems`.
    public static AdminLimits of(@Nullable ListenerLimits limits, Consumer<Problem> problems) {
        if (limits == null) {
            return DEFAULT;
        }
        return new AdminLimits(
                filled(read("perNamespace", limits.perNamespace(), problems), DEFAULT.perNamespace),
                filled(read("perTrigger", limits.perTrigger(), problems), DEFAULT.perTrigger));
    }

    private static Limits read(String field, @Nullable LimitsSpec spec, Consumer<Problem> problems) {
        var reader = new LimitsReader((name, why) -> problems
                .accept(new Problem(Reason.InvalidSpec, "spec.limits." + field + "." + name + " " + why)));
        return spec == null ? Limits.NONE : reader.read(spec);
    }

    private static Limits filled(Limits said, Limits otherwise) {
        return new Limits(said.rate().or(otherwise::rate), said.concurrency().or(otherwise::concurrency),
                said.queuedEvents().or(otherwise::queuedEvents), said.queuedBytes().or(otherwise::queuedBytes));
    }

    /// The more generous of both: a namespace that several EventListeners serve has what one of them allows.
    public AdminLimits orMore(AdminLimits other) {
        return new AdminLimits(perNamespace.orMore(other.perNamespace), perTrigger.orMore(other.perTrigger));
    }

    /// What holds for a Trigger of the namespace that sets `own` limits.
    public Limits of(Limits own) {
        return perTrigger.loweredBy(own);
    }

    /// What of a Trigger's `own` limits has no effect, because it is more than is allowed: sentences for its owner.
    public List<String> withoutEffect(Limits own) {
        return own.above(perTrigger);
    }
}
