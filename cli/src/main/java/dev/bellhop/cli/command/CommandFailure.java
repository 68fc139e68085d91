package dev.bellhop.cli.command;

/// What a command could not do, told to the person who called it. It is printed as one line without a stack trace, and the
/// command ends with exit code 1.
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// `message` names what was tried, what went wrong and the way out.
    public CommandFailure(String message) {
        super(message);
    }

    /// As above; the cause is for whoever debugs.
    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
