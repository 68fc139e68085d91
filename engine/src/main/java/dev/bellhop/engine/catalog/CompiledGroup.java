package dev.bellhop.engine.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.intercept.Interceptor;
import dev.bellhop.engine.trigger.CompiledTrigger;

/// A group of an EventListener: its interceptors, compiled once, and the Triggers put behind them. As long as neither the
/// group nor a Trigger changes, its members stay the same objects.
final class CompiledGroup {
    private final long generation;
    private final List<Interceptor> interceptors;
    private final List<Problem> problems;
    private final Map<ObjectName, Member> before;
    private final Map<ObjectName, Member> members = new HashMap<>();

    private record Member(CompiledTrigger own, CompiledTrigger behindGroup) {}

    private CompiledGroup(long generation, List<Interceptor> interceptors, List<Problem> problems,
            Map<ObjectName, Member> before) {
        this.generation = generation;
        this.interceptors = interceptors;
        this.problems = problems;
        this.before = before;
    }

    /// A group in `generation` of its EventListener, of which `problems` were found.
    static CompiledGroup of(long generation, List<Interceptor> interceptors, List<Problem> problems) {
        return new CompiledGroup(generation, interceptors, List.copyOf(problems), Map.of());
    }

    /// The same group for the next look at its members; empty when the EventListener has changed.
    Optional<CompiledGroup> again(long now) {
        return now == generation
                ? Optional.of(new CompiledGroup(generation, interceptors, problems, members))
                : Optional.empty();
    }

    /// What is wrong with its interceptors. When anything is, none of its members may run.
    List<Problem> problems() {
        return problems;
    }

    /// `trigger` behind the group's interceptors; the same object as long as `trigger` is the same.
    @SuppressWarnings("ReferenceEquality")
    CompiledTrigger member(CompiledTrigger trigger) {
        var known = before.get(trigger.name());
        var member = known != null && known.own == trigger ? known : new Member(trigger, trigger.behind(interceptors));
        members.put(trigger.name(), member);
        return member.behindGroup;
    }
}
