package dev.bellhop.spi.action;

import java.io.IOException;
import java.time.Clock;
import java.util.List;

/// What an action may use of Bellhop, for one event.
public interface ActionContext {
    /// Namespace of the Trigger: the tenant.
    String namespace();

    /// Name of the Trigger.
    String trigger();

    /// Name of the EventListener that chose the Trigger, or of the EventSource that brought the event.
    String listener();

    /// The event.
    ActionEvent event();

    /// Stands for this action of this event: the same for every try, and no other's. 32 hexadecimal digits.
    String idempotencyKey();

    /// What earlier tries did, as they told by [#progress]; empty in the first.
    List<Effect> earlier();

    /// Remembers what was done so far, earlier tries included: should this try not come to its end, the next begins with
    /// these. For actions of several steps only; nobody needs to tell of the last one, that is what [ActionResult.Done] does.
    void progress(List<Effect> soFar);

    /// The cluster, as the Trigger's ServiceAccount.
    Cluster cluster();

    /// The value of one key of a Secret in [#namespace], read as the Trigger's ServiceAccount. A line break at the end is not
    /// taken off.
    SecretValue secret(String name, String key) throws IOException;

    /// The time.
    Clock clock();
}
