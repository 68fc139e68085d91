package dev.bellhop.listener;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.admin.HiddenFields;
import dev.bellhop.listener.http.Limits;
import dev.bellhop.listener.journal.postgres.PostgresSettings;

/// What an admin decides about a listener process.
///
/// @param port               for events; 0 takes a free one
/// @param adminPort          for metrics and the deliveries API; 0 takes a free one
/// @param only               the one EventListener to serve, at the root; absent: all, each under `/listeners/{namespace}/{name}`
/// @param dataDirectory      of the journal, unless it is in a `database`
/// @param limits             of the event port
/// @param workers            deliveries run at once
/// @param allowClusterScoped whether Triggers may create objects outside of namespaces
/// @param deadLetterUrls     beginnings of URLs that Triggers may have dead letters posted to
/// @param actionUrls         beginnings of URLs that actions may send to; none: anywhere but to the listener's own host
/// @param hidden             of payloads, to people who look at deliveries
/// @param instance           which process this is, for Kubernetes Events
/// @param database           of the journal, when several replicas share it
/// @param sourcesLease       the Lease whose holder runs EventSources; absent: this process runs none
/// @param address            the URL at which plug-ins reach the event port, without a slash at its end; absent: this machine's own
/// @param standalone         whether Triggers are written by the user of this process alone, and may run programs
public record ListenerSettings(int port, int adminPort, Optional<ObjectName> only, Path dataDirectory, Limits limits,
        int workers, boolean allowClusterScoped, List<String> deadLetterUrls, List<String> actionUrls,
        HiddenFields hidden, String instance, Optional<PostgresSettings> database,
        Optional<ObjectName> sourcesLease, Optional<String> address, boolean standalone) {
    /// How many deliveries run at once when nobody says otherwise: an API server takes no more creates from twice as many.
    public static final int DEFAULT_WORKERS = 32;
    /// How long a stopping process waits for deliveries that run; within a Pod's usual 30 s.
    public static final Duration GRACE = Duration.ofSeconds(20);

    /// With the journal in `dataDirectory`, without EventSources, and with actions that may send anywhere but to the listener's
    /// own host.
    public ListenerSettings(int port, int adminPort, Optional<ObjectName> only, Path dataDirectory, Limits limits,
            int workers, boolean allowClusterScoped, List<String> deadLetterUrls, HiddenFields hidden,
            String instance) {
        this(port, adminPort, only, dataDirectory, limits, workers, allowClusterScoped, deadLetterUrls,
                List.of(), hidden, instance, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /// The same for the user of this process alone: Triggers may run programs.
    public ListenerSettings alone() {
        return new ListenerSettings(port, adminPort, only, dataDirectory, limits, workers, allowClusterScoped,
                deadLetterUrls, actionUrls, hidden, instance, database, sourcesLease, address, true);
    }

    /// The same, but whoever holds `lease` runs EventSources.
    public ListenerSettings withSources(ObjectName lease) {
        return new ListenerSettings(port, adminPort, only, dataDirectory, limits, workers, allowClusterScoped,
                deadLetterUrls, actionUrls, hidden, instance, database, Optional.of(lease), address,
                standalone);
    }

    /// The same, but plug-ins reach the event port at `url`.
    public ListenerSettings reachedAt(String url) {
        return new ListenerSettings(port, adminPort, only, dataDirectory, limits, workers, allowClusterScoped,
                deadLetterUrls, actionUrls, hidden, instance, database, sourcesLease,
                Optional.of(url.replaceAll("/+$", "")), standalone);
    }
}
