package dev.bellhop.listener.broker;

/// What an exception of a broker's client says to a person.
public final class Causes {
    private Causes() {}

    /// The messages from `failure` down to its first cause, each once; the class where there is no message.
    public static String told(Throwable failure) {
        var text = new StringBuilder(message(failure));
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            var message = message(cause);
            if (text.indexOf(message) < 0) {
                text.append(": ").append(message);
            }
        }
        return text.toString();
    }

    private static String message(Throwable failure) {
        var message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message.strip();
    }
}
