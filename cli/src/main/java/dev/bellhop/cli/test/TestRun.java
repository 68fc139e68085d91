package dev.bellhop.cli.test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Runs one folder: every request and every event is a test, and so is the folder itself, whose objects must be sound and whose files must
/// all have been read.
final class TestRun {
    private static final Set<String> FOR_PEOPLE = Set.of("README.md", CaseFolder.EXPECTED);

    private final CaseFolder folder;
    private final boolean update;

    /// With `update`, what happens is written down as what is expected.
    TestRun(CaseFolder folder, boolean update) {
        this.folder = folder;
        this.update = update;
    }

    List<TestResult> run() {
        try {
            var listener = new OfflineListener(CaseObjects.read(folder.objects()));
            var inputs = folder.inputs().stream().map(CaseInput::read).toList();
            var outcomes = new LinkedHashMap<String, Outcome>();
            for (int i = 0; i < inputs.size(); i++) {
                outcomes.put(CaseFolder.name(inputs.get(i).file()), listener.receive(inputs.get(i), i + 1));
            }
            if (update && !outcomes.isEmpty()) {
                ExpectedFile.write(folder, outcomes, listener.problems());
            }
            return compare(listener.problems(), inputs, outcomes);
        } catch (UnusableInput e) {
            return List.of(TestResult.unusable(folder.folder().toString(), String.valueOf(e.getMessage())));
        }
    }

    private List<TestResult> compare(List<String> problems, List<CaseInput> inputs, Map<String, Outcome> outcomes) {
        var expected = ExpectedFile.read(folder);
        var results = new ArrayList<TestResult>();
        var complaints = new ArrayList<String>();
        compareProblems(expected.problems(), problems, complaints);
        complaints.addAll(unread(inputs));
        if (inputs.isEmpty()) {
            complaints.add("there is no request: write request.http, or several request-NAME.http; or event.yaml for an"
                    + " event of an EventSource");
        }
        if (!complaints.isEmpty()) {
            results.add(TestResult.of(folder.folder().toString(), complaints));
        }
        for (var input : inputs) {
            var name = CaseFolder.name(input.file());
            var expectation = expected.requests().get(name);
            var outcome = outcomes.get(name);
            results.add(TestResult.of(input.file().toString(), expectation == null || outcome == null
                    ? List.of(folder.expected() + " says nothing about it; --update writes what happens")
                    : expectation.differencesTo(outcome)));
        }
        return results;
    }

    private static void compareProblems(List<String> expected, List<String> actual, List<String> complaints) {
        for (var problem : actual) {
            if (expected.stream().noneMatch(problem::contains)) {
                complaints.add(problem);
            }
        }
        for (var text : expected) {
            if (actual.stream().noneMatch(problem -> problem.contains(text))) {
                complaints.add("a problem with '" + text + "' was expected, and there is none");
            }
        }
    }

    private List<String> unread(List<CaseInput> inputs) {
        var read = new HashSet<Path>();
        inputs.forEach(input -> input.bodyFile().ifPresent(read::add));
        return folder.others().stream()
                .filter(file -> !FOR_PEOPLE.contains(CaseFolder.name(file)) && !read.contains(file.normalize()))
                .map(file -> "nothing reads " + file + ": a test has objects in *.yaml, request.http or request-*.http,"
                        + " event.yaml or event-*.yaml, expected.yaml, and bodies that a request names with '< FILE'")
                .toList();
    }
}
