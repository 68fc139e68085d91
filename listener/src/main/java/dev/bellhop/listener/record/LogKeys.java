package dev.bellhop.listener.record;

/// The keys of the listener's log lines. What is not here is not logged; bodies, headers and params never are.
final class LogKeys {
    static final String EVENT_ID = "eventID";
    static final String TRIGGER = "trigger";
    static final String LISTENER = "eventListener";
    static final String SOURCE = "eventSource";
    static final String OUTCOME = "outcome";
    static final String DETAIL = "detail";

    private LogKeys() {}
}
