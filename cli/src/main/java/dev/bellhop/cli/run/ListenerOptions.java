package dev.bellhop.cli.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.admin.HiddenFields;
import dev.bellhop.listener.ListenerSettings;
import dev.bellhop.listener.http.Limits;
import dev.bellhop.listener.journal.postgres.Login;
import dev.bellhop.listener.journal.postgres.PostgresSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// What can be set of a listener, alike in a cluster and in `bellhop dev`.
public final class ListenerOptions {
    private static final int MIB = 1 << 20;

    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--event-listener", paramLabel = "NAMESPACE/NAME", description = "Serve this EventListener alone, at the root of the port (default: all, each under /listeners/{namespace}/{name}).")
    private @Nullable String eventListener;

    @Option(names = "--workers", paramLabel = "N", defaultValue = ""
            + ListenerSettings.DEFAULT_WORKERS, description = "How many deliveries run at once (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(names = "--max-body-bytes", paramLabel = "BYTES", defaultValue = "5242880", description = "The largest body that is accepted (default: ${DEFAULT-VALUE}, 5 MiB).")
    private int maxBodyBytes;

    @Option(names = "--max-in-flight-bytes", paramLabel = "BYTES", defaultValue = "67108864", description = "How many bytes all requests together may hold; beyond it they are answered 503 (default: ${DEFAULT-VALUE}, 64 MiB).")
    private long maxInFlightBytes;

    @Option(names = "--max-header-bytes", paramLabel = "BYTES", defaultValue = "32768", description = "The largest headers that are accepted (default: ${DEFAULT-VALUE}, 32 KiB).")
    private int maxHeaderBytes;

    @Option(names = "--request-timeout", paramLabel = "DURATION", defaultValue = "PT10S", description = "How long a request may take to arrive, in ISO 8601 (default: ${DEFAULT-VALUE}).")
    private Duration requestTimeout = Limits.DEFAULT.requestTime();

    @Option(names = "--idle-timeout", paramLabel = "DURATION", defaultValue = "PT60S", description = "After how long a silent connection is closed, in ISO 8601 (default: ${DEFAULT-VALUE}).")
    private Duration idleTimeout = Limits.DEFAULT.idleTime();

    @Option(names = "--allow-cluster-scoped", description = "Let Triggers create objects of kinds that are not namespaced; their ServiceAccount needs the rights all the same.")
    private boolean allowClusterScoped;

    @Option(names = "--dead-letter-url", paramLabel = "PREFIX", description = "Beginning of URLs that Triggers may have dead letters posted to, such as https://example.com/; may be given several times (default: none).")
    private List<String> deadLetterUrls = List.of();

    @Option(names = "--action-url", paramLabel = "PREFIX", description = "Beginning of URLs that actions of Triggers may send to, such as https://example.com/; brokers as nats://host:port/ and kafka://host:port/, mail servers as smtp://host:port/; may be given several times (default: anywhere but to loopback, link-local and metadata addresses; any broker).")
    private List<String> actionUrls = List.of();

    @Option(names = "--journal", paramLabel = "URL", description = "Keep the journal in this PostgreSQL database, jdbc:postgresql://HOST[,HOST]/DATABASE, which several listeners may share (default: in a directory). Its user and password come from --journal-login, or from BELLHOP_JOURNAL_USER and BELLHOP_JOURNAL_PASSWORD.")
    private @Nullable String journal;

    @Option(names = "--journal-login", paramLabel = "DIR", description = "A directory with the files username and password for --journal, such as a mounted Secret; read before every connection.")
    private @Nullable Path journalLogin;

    @Option(names = "--hide-payload-field", paramLabel = "POINTER", description = "Field of payloads that nobody is shown who looks at deliveries: a JSON pointer in which * is any one name or index and ** any number of them, such as /body/commits/*/author/email or /**/email; may be given several times. Fields whose name speaks of a secret are never shown.")
    private List<String> hiddenFields = List.of();

    /// The settings, after all of them were checked; what is wrong is told together.
    public ListenerSettings settings(int port, int adminPort, Path dataDirectory, String instance) {
        var problems = new ArrayList<String>();
        check(problems, port >= 0 && port <= 65_535, "--port=" + port + " must be from 0 to 65535");
        check(problems, adminPort >= 0 && adminPort <= 65_535,
                "--admin-port=" + adminPort + " must be from 0 to 65535");
        check(problems, workers >= 1 && workers <= 1_000, "--workers=" + workers + " must be from 1 to 1000");
        check(problems, maxBodyBytes >= 1024 && maxBodyBytes <= 64 * MIB,
                "--max-body-bytes=" + maxBodyBytes + " must be from 1024 to 67108864");
        check(problems, maxInFlightBytes >= maxBodyBytes, "--max-in-flight-bytes=" + maxInFlightBytes
                + " must not be less than --max-body-bytes=" + maxBodyBytes);
        check(problems, maxHeaderBytes >= 1024 && maxHeaderBytes <= MIB,
                "--max-header-bytes=" + maxHeaderBytes + " must be from 1024 to 1048576");
        check(problems, isSeconds(requestTimeout),
                "--request-timeout=" + requestTimeout + " must be from PT1S to PT1H");
        check(problems, isSeconds(idleTimeout), "--idle-timeout=" + idleTimeout + " must be from PT1S to PT1H");
        checkPrefixes(problems, "--dead-letter-url", deadLetterUrls);
        checkPrefixes(problems, "--action-url",
                actionUrls.stream().filter(url -> !url.matches("(nats|kafka|smtp)://[^/]+:[0-9]+/")).toList());
        var hidden = hidden(problems);
        var only = only(problems);
        var database = database(problems, instance);
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), problems));
        }
        var limits = new Limits(maxBodyBytes, maxInFlightBytes, maxHeaderBytes, requestTimeout, idleTimeout);
        return new ListenerSettings(port, adminPort, only, dataDirectory, limits, workers, allowClusterScoped,
                deadLetterUrls, actionUrls, hidden, instance, database, Optional.empty(), Optional.empty(),
                false);
    }

    private static void checkPrefixes(List<String> problems, String option, List<String> prefixes) {
        for (var prefix : prefixes) {
            check(problems, prefix.matches("https?://[^/]+/.*"), option + "=" + prefix
                    + " must begin with http:// or https://, a host and a slash, such as https://example.com/");
        }
    }

    private HiddenFields hidden(List<String> problems) {
        try {
            return HiddenFields.at(hiddenFields);
        } catch (IllegalArgumentException e) {
            problems.add("--hide-payload-field=" + e.getMessage());
            return HiddenFields.BY_NAME;
        }
    }

    private Optional<ObjectName> only(List<String> problems) {
        if (eventListener == null) {
            return Optional.empty();
        }
        var parts = eventListener.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            problems.add("--event-listener=" + eventListener + " must be namespace/name");
            return Optional.empty();
        }
        return Optional.of(new ObjectName(parts[0], parts[1]));
    }

    private Optional<PostgresSettings> database(List<String> problems, String instance) {
        if (journal == null) {
            check(problems, journalLogin == null, "--journal-login needs --journal");
            return Optional.empty();
        }
        // The URL itself may hold what must not be shown.
        if (!PostgresSettings.isUrl(journal)) {
            problems.add("--journal must begin with jdbc:postgresql://");
            return Optional.empty();
        }
        if (PostgresSettings.hasPassword(journal)) {
            problems.add("--journal must not hold a password: everyone who may list processes would see it;"
                    + " use --journal-login");
            return Optional.empty();
        }
        var login = journalLogin == null ? Login.inEnvironment(System.getenv()) : Login.inDirectory(journalLogin);
        return Optional.of(PostgresSettings.at(journal, login, instance));
    }

    private static boolean isSeconds(Duration duration) {
        return duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(Duration.ofHours(1)) <= 0;
    }

    private static void check(List<String> problems, boolean holds, String message) {
        if (!holds) {
            problems.add(message);
        }
    }
}
