package dev.bellhop.cli.convert.expression;

import java.util.List;
import java.util.Optional;

/// Where the names of another system are found here.
public interface Roots {
    /// The place that `path` means; empty when nothing here is like it.
    Optional<Place> place(List<Step> path);

    /// What a word that the value at `path` is compared with is called here, such as `add` for `create`.
    default String word(List<Step> path, String word) {
        return word;
    }
}
