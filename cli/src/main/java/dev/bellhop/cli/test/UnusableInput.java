package dev.bellhop.cli.test;

/// A file of a test that cannot be used as what it is there for; the message names it and the way out.
final class UnusableInput extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableInput(String message) {
        super(message);
    }

    UnusableInput(String message, Throwable cause) {
        super(message, cause);
    }
}
