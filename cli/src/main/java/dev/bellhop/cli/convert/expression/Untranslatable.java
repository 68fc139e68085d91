package dev.bellhop.cli.convert.expression;

/// Ends a translation somewhere within; it becomes a [Translation.Not] and leaves this package as that.
final class Untranslatable extends Exception {
    private static final long serialVersionUID = 1;

    Untranslatable(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
