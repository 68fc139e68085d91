package dev.bellhop.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.select.Addressed;
import dev.bellhop.engine.select.Candidates;
import dev.bellhop.engine.select.Route;
import dev.bellhop.engine.select.TriggerIndex;
import dev.bellhop.engine.trigger.CompiledTrigger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Finding the one Trigger that wants pushes of a repository among many that want those of others. It must cost the same among
/// 10,000 as among 10.
public class SelectBenchmark extends Benchmarks {
    /// How many there are.
    @Param({"10", "1000", "10000"})
    public int triggers;

    private final Event event = Sample.event();
    private Candidates candidates = _ -> List.of();

    @Setup
    public void fill() {
        var all = new ArrayList<CompiledTrigger>();
        all.add(Sample.wanting("Codertocat/Hello-World", 0));
        for (int i = 1; i < triggers; i++) {
            all.add(Sample.wanting("team/repository-" + i, i));
        }
        if (TriggerIndex.of(all, Map.of()).addressed(new Route.All()) instanceof Addressed.Triggers(var found)) {
            candidates = found;
        }
        if (candidates.concerning(event).size() != 1) {
            throw new IllegalStateException(
                    "one Trigger wants the push, but " + candidates.concerning(event).size() + " were found");
        }
    }

    @Benchmark
    public List<CompiledTrigger> concerning() {
        return candidates.concerning(event);
    }
}
