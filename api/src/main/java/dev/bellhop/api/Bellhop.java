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
    /// Label on created objects: the name of the EventSource that brought the event.
    public static final String LABEL_EVENT_SOURCE = "triggers.bellhop.dev/eventsource";
    /// Label on created objects: the name of the Trigger that created them.
    public static final String LABEL_TRIGGER = "triggers.bellhop.dev/trigger";
    /// Label on objects of an action with `prune`: which action made them, for what.
    public static final String LABEL_PRUNED_WITH = "triggers.bellhop.dev/pruned-with";
    /// Label on created objects: the ID of the event, as in the 202 answer.
    public static final String LABEL_EVENT_ID = "triggers.bellhop.dev/triggers-eventid";

    /// Annotation on created objects: which object of which delivery this is, the same for every try and every replica.
    public static final String ANNOTATION_DELIVERY = "bellhop.dev/delivery";
    /// Annotation on created objects: when the event that it was created for was received (RFC 3339, UTC).
    public static final String ANNOTATION_RECEIVED_AT = "bellhop.dev/received-at";

    /// Annotation on created objects: how many actions lie between this object and the first event, this one included. An object
    /// made for an event about such an object has one more, so that a loop is noticed. A number from 1.
    public static final String ANNOTATION_HOPS = "bellhop.dev/hops";

    private Bellhop() {}
}
