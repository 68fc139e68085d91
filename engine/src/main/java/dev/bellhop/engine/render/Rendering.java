package dev.bellhop.engine.render;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// One rendering of a template: the values that go in, and what goes wrong. Of one thread.
final class Rendering {
    /// API servers take 3 MiB; a template that repeats a whole body must not fill the memory of a shared listener.
    static final int MOST_CHARACTERS = 8 * 1024 * 1024;

    private final @Nullable String[] values;
    private final String uid;
    private final List<String> problems = new ArrayList<>();
    private long characters;

    Rendering(@Nullable String[] values, String uid) {
        this.values = values;
        this.uid = uid;
    }

    /// The value in `slot`, if one was given.
    @Nullable
    String value(int slot) {
        return values[slot];
    }

    String uid() {
        return uid;
    }

    /// Counts `text`, and gives nothing once the limit is passed.
    String count(String text) {
        characters += text.length();
        return characters > MOST_CHARACTERS ? "" : text;
    }

    void fail(String why) {
        problems.add(why);
    }

    List<String> problems() {
        return characters > MOST_CHARACTERS
                ? List.of("the resources would have more than " + MOST_CHARACTERS
                        + " characters; put smaller parts of the event in")
                : problems;
    }
}
