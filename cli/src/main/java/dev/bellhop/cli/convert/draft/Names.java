package dev.bellhop.cli.convert.draft;

import java.util.Arrays;
import java.util.Locale;

/// Names that Kubernetes accepts.
public final class Names {
    private static final int LONGEST = 63;

    private Names() {}

    /// The parts that are not empty, joined by dashes, with a dash for everything that a name cannot have.
    public static String of(String... parts) {
        var name = String.join("-", Arrays.stream(parts).filter(part -> !part.isEmpty()).toList())
                .toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        var cut = name.length() <= LONGEST ? name : name.substring(0, LONGEST);
        return cut.replaceAll("^-+|-+$", "");
    }
}
