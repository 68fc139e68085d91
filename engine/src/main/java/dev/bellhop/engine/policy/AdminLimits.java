package dev.bellhop.engine.policy;

import java.util.Collection;
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

    private static final AdminLimits NONE = new AdminLimits(Limits.NONE, Limits.NONE);

    /// What an EventListener says, whose `limits` these are. What is wrong goes to `problems`.
    public static AdminLimits of(@Nullable ListenerLimits limits, Consumer<Problem> problems) {
        return limits == null
                ? NONE
                : new AdminLimits(read("perNamespace", limits.perNamespace(), problems),
                        read("perTrigger", limits.perTrigger(), problems));
    }

    /// What holds in a namespace that several EventListeners serve: all that any of them says, and where none says
    /// anything, [#DEFAULT].
    public static AdminLimits together(Collection<AdminLimits> said) {
        var all = said.stream().reduce(NONE, (a, b) -> new AdminLimits(a.perNamespace.loweredBy(b.perNamespace),
                a.perTrigger.loweredBy(b.perTrigger)));
        return new AdminLimits(all.perNamespace.orElse(DEFAULT.perNamespace),
                all.perTrigger.orElse(DEFAULT.perTrigger));
    }

    private static Limits read(String field, @Nullable LimitsSpec spec, Consumer<Problem> problems) {
        var reader = new LimitsReader((name, why) -> problems
                .accept(new Problem(Reason.InvalidSpec, "spec.limits." + field + "." + name + " " + why)));
        return spec == null ? Limits.NONE : reader.read(spec);
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
