package dev.bellhop.cli.convert.draft;

import java.util.List;

/// How the objects of one other system become ours.
public interface Conversion {
    /// Whether `object` belongs to that system.
    boolean takes(InputObject object);

    /// Converts `objects`, all of which it takes; some may be about others of them.
    void convert(List<InputObject> objects, Output output);
}
