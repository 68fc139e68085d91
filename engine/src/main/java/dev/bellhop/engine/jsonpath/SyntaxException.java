package dev.bellhop.engine.jsonpath;

/// Leaves the recursive [Parser] at a mistake; [JsonPath#parse] turns it into a value.
final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    SyntaxException(String why) {
        super(why);
        this.why = why;
    }

    @Override
    public String getMessage() {
        return why;
    }
}
