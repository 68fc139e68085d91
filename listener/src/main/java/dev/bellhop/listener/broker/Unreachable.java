package dev.bellhop.listener.broker;

import org.jspecify.annotations.Nullable;

/// A broker cannot be used at the moment. Trying again later may help: when it is up again, or when somebody has mended what the
/// message names.
public final class Unreachable extends Exception {
    private static final long serialVersionUID = 1;

    private final String reason;

    /// @param reason  one CamelCase word, for a condition
    /// @param message for the person who can mend it
    public Unreachable(String reason, String message) {
        this(reason, message, null);
    }

    public Unreachable(String reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /// One CamelCase word.
    public String reason() {
        return reason;
    }
}
