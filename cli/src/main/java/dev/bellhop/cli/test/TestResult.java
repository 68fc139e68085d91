package dev.bellhop.cli.test;

import java.util.List;

/// How one test ended.
///
/// @param name    the path of its request or folder
/// @param message what went wrong, line by line; empty when nothing did
record TestResult(String name, Status status, List<String> message) {
    enum Status {
        PASSED,
        FAILED,
        /// Its files cannot be used.
        UNUSABLE
    }

    static TestResult of(String name, List<String> differences) {
        return new TestResult(name, differences.isEmpty() ? Status.PASSED : Status.FAILED, List.copyOf(differences));
    }

    static TestResult unusable(String name, String why) {
        return new TestResult(name, Status.UNUSABLE, List.of(why));
    }
}
