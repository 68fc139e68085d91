package dev.bellhop.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A folder: its name, which is also the name of its namespace, and its steps in order.
record Scenario(String name, List<Step> steps) {
    private static final Pattern STEP = Pattern.compile("([0-9]{2})-([a-z]+)(-[a-z0-9-]+)?(@([a-z0-9]+))?\\.yaml");

    /// What a file is for.
    enum Verb {
        /// Objects that an admin or a team applies.
        APPLY,
        /// Merge patches: objects with what is to change.
        PATCH,
        /// The same, of the status.
        STATUS,
        /// Objects that are deleted, by name.
        DELETE,
        /// Objects, each with `because`, that the API server refuses.
        REFUSED,
        /// Objects that are applied to another cluster.
        REMOTE,
        /// Requests to the listener, and how they are answered.
        POST,
        /// Streams and topics that brokers are to have.
        BROKER,
        /// Messages to brokers.
        PUBLISH,
        /// How somebody outside answers the next requests.
        ANSWER,
        /// Objects of another system, which `bellhop convert` converts, and which are applied then.
        CONVERT,
        /// The listener stops.
        STOP,
        /// The listener starts again.
        START,
        /// Objects that are there soon, or lists of all that there are.
        ASSERT,
        /// Objects that are not there, and do not come.
        ABSENT,
        /// What became of events.
        DECIDED,
        /// What `bellhop deliveries` shows, among others.
        SHOWN,
        /// What somebody outside got.
        RECEIVED
    }

    /// One file.
    ///
    /// @param server name of the API server that it is played on alone; empty when on all
    record Step(Path file, Verb verb, Optional<String> server) {
        boolean isFor(String name) {
            return server.isEmpty() || server.get().equals(name);
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /// All of this module, or those that the system property `bellhop.scenarios` names, separated by commas.
    static List<Scenario> all() {
        var chosen = System.getProperty("bellhop.scenarios", "");
        var names = chosen.isEmpty() ? List.<String>of() : List.of(chosen.split(","));
        try (var folders = Files.list(Path.of(""))) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> names.isEmpty() || names.contains(folder.getFileName().toString())).sorted()
                    .map(Scenario::of)
                    .filter(scenario -> !scenario.steps().isEmpty()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scenario of(Path folder) {
        try (var files = Files.list(folder)) {
            return new Scenario(folder.getFileName().toString(),
                    files.filter(file -> Character.isDigit(file.getFileName().toString().charAt(0))).sorted()
                            .map(Scenario::step).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Step step(Path file) {
        var name = STEP.matcher(file.getFileName().toString());
        if (!name.matches()) {
            throw new IllegalArgumentException(
                    file + " must be named NN-VERB.yaml, NN-VERB-REMARK.yaml or either with @SERVER before .yaml");
        }
        return new Step(file, Verb.valueOf(name.group(2).toUpperCase(Locale.ROOT)),
                Optional.ofNullable(name.group(5)));
    }

    boolean stopsTheListener() {
        return steps.stream().anyMatch(step -> step.verb() == Verb.STOP);
    }

    @Override
    public String toString() {
        return name;
    }
}
