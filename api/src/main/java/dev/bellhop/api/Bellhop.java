package dev.bellhop.api;

/// Names that every part of Bellhop shares with the cluster.
public final class Bellhop {
    /// The API group of all our kinds.
    public static final String GROUP = "bellhop.dev";
    /// The served and stored version of all our kinds.
    public static final String VERSION = "v1alpha1";
    /// `apiVersion` of all our kinds.
    public static final String API_VERSION = GROUP + "/" + VERSION;

    /// Label on created objects: the name of the EventListener that received the event.
    public static final String LABEL_EVENT_LISTENER = "triggers.bellhop.dev/eventlistener";
    /// Label on created objects: the name of the Trigger that created them.
    public static final String LABEL_TRIGGER = "triggers.bellhop.dev/trigger";
    /// Label on created objects: the ID of the event, as in the 202 answer.
    public static final String LABEL_EVENT_ID = "triggers.bellhop.dev/triggers-eventid";

    private Bellhop() {}
}
