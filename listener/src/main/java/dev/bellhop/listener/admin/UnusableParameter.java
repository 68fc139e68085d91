package dev.bellhop.listener.admin;

/// A parameter of a request that cannot be used: 400. The message names the parameter, its value and what it may be.
final class UnusableParameter extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableParameter(String message) {
        super(message);
    }
}
