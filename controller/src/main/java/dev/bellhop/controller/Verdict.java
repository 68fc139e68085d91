package dev.bellhop.controller;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;

import dev.bellhop.controller.expose.Placement;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.catalog.Exposures.Standing;
import dev.bellhop.engine.secret.SecretRef;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;

/// Collects what speaks against an object being ready, and makes its `Ready` condition of that.
final class Verdict {
    /// The type of the one condition that we write.
    static final String READY = "Ready";
    /// What Kubernetes allows for the message of a condition.
    private static final int MAX_MESSAGE = 32_768;

    private final List<Problem> problems = new ArrayList<>();
    private final LinkedHashSet<String> warnings = new LinkedHashSet<>();
    private boolean complete = true;

    void add(Problem problem) {
        problems.add(problem);
    }

    void addAll(List<Problem> more) {
        problems.addAll(more);
    }

    void warn(String warning) {
        warnings.add(warning);
    }

    /// Takes in what was found about something that the object names.
    void add(Reason whenMissing, Finding finding) {
        switch (finding) {
            case Finding.NotYet() -> complete = false;
            case Finding.There(var warning) -> {
                if (warning != null) {
                    warnings.add(warning);
                }
            }
            case Finding.Missing(var why) -> problems.add(new Problem(whenMissing, why));
        }
    }

    /// Takes in what was found about a Secret whose name its reader must not learn.
    void addDiscreetly(SecretRef ref, Finding finding, String message) {
        switch (finding) {
            case Finding.NotYet() -> complete = false;
            case Finding.There _ -> {}
            case Finding.Missing _ -> problems.add(new Problem(Reason.SecretMissing, message));
        }
    }

    /// Takes in what became of a `spec.expose`, and whether what leads there is in place.
    void add(Standing standing, Supplier<Placement> placement) {
        switch (standing) {
            case Standing.Denied(var why) -> problems.addAll(why);
            case Standing.Granted(var exposure) -> {
                if (exposure.spec().ingress() != null || exposure.spec().httpRoute() != null) {
                    add(placement.get());
                }
            }
        }
    }

    private void add(Placement placement) {
        switch (placement) {
            case Placement.Pending() -> complete = false;
            case Placement.InPlace() -> {}
            case Placement.Failed(var why) -> problems.add(new Problem(Reason.NotExposed, why));
        }
    }

    /// Whether everything that it depends on has been looked at; before that nothing should be said.
    boolean isComplete() {
        return complete;
    }

    /// The condition, without the time of its last transition, which only its writer knows.
    Condition condition(long generation, String reasonWhenReady, String messageWhenReady) {
        boolean ready = problems.isEmpty();
        var sentences = new LinkedHashSet<String>();
        if (ready) {
            sentences.add(messageWhenReady);
        }
        problems.forEach(problem -> sentences.add(problem.message()));
        warnings.forEach(warning -> sentences.add("warning: " + warning));
        var message = String.join("; ", sentences);
        return new ConditionBuilder().withType(READY)
                .withStatus(ready ? "True" : "False")
                .withReason(ready ? reasonWhenReady : problems.getFirst().reason().name())
                .withMessage(message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…")
                .withObservedGeneration(generation)
                .build();
    }
}
