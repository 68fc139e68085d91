package dev.bellhop.cli.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The name that somebody probably meant.
public final class NearMiss {
    private NearMiss() {}

    /// The candidate with the fewest letters to change, if that is at most a third of them.
    public static Optional<String> of(String written, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(written, candidate)))
                .filter(candidate -> distance(written, candidate) <= Math.max(1, candidate.length() / 3));
    }

    /// Levenshtein's distance.
    private static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
