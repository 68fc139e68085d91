package dev.bellhop.cli.test;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.http.Answer;

/// What a request or an event brought about.
///
/// @param answer   to the request; an event of a source gets none
/// @param verdicts one for each Trigger that it addressed, in order of their names
/// @param objects  that would be created, in order of the Triggers
/// @param actions  that would be carried out, in order of the Triggers, with their expressions replaced
record Outcome(Optional<Answer> answer, List<Verdict> verdicts, List<ObjectNode> objects, List<ObjectNode> actions) {

    /// How it ended for one Trigger.
    ///
    /// @param why empty when it continued
    record Verdict(ObjectName trigger, Ending ending, String why) {}

    /// The words for it in `expected.yaml`. Failed is also an event that could not be bound or rendered.
    enum Ending {
        Continue, Filtered, Refused, Failed
    }

    /// Nothing but an answer.
    static Outcome of(Answer answer) {
        return new Outcome(Optional.of(answer), List.of(), List.of(), List.of());
    }
}
