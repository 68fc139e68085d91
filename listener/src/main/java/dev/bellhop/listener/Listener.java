package dev.bellhop.listener;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.bellhop.api.ObjectName;
import dev.bellhop.cluster.EventRecorder;
import dev.bellhop.cluster.LeaseTimes;
import dev.bellhop.cluster.Leadership;
import dev.bellhop.cluster.Mirror;
import dev.bellhop.cluster.SecretCache;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.CatalogCompiler;
import dev.bellhop.engine.catalog.ServedListener;
import dev.bellhop.engine.catalog.ServedSource;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.trigger.TriggerCompiler;
import dev.bellhop.listener.action.ActionRunner;
import dev.bellhop.listener.action.ApiConnection;
import dev.bellhop.listener.action.DeadLetterPost;
import dev.bellhop.listener.action.ObjectCreator;
import dev.bellhop.listener.action.ObjectRemover;
import dev.bellhop.listener.action.kind.ActionTypes;
import dev.bellhop.listener.admin.AdminDoor;
import dev.bellhop.listener.broker.AllowedBrokers;
import dev.bellhop.listener.broker.kafka.KafkaPublisher;
import dev.bellhop.listener.broker.nats.NatsPublisher;
import dev.bellhop.listener.conditions.Gathering;
import dev.bellhop.listener.delivery.DeliveryWorkers;
import dev.bellhop.listener.delivery.RetryPolicy;
import dev.bellhop.listener.http.EventPort;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.RetentionLimits;
import dev.bellhop.listener.journal.Tried;
import dev.bellhop.listener.journal.postgres.PostgresJournal;
import dev.bellhop.listener.journal.sqlite.SqliteJournal;
import dev.bellhop.listener.journal.sqlite.SqliteSettings;
import dev.bellhop.listener.outlet.AllowedUrls;
import dev.bellhop.listener.outlet.MailOutlet;
import dev.bellhop.listener.outlet.Outlet;
import dev.bellhop.listener.record.Ending;
import dev.bellhop.listener.record.Happening;
import dev.bellhop.listener.record.JournalMeters;
import dev.bellhop.listener.record.OutcomeRecorder;
import dev.bellhop.listener.record.RecentHappenings;
import dev.bellhop.listener.share.Breaker;
import dev.bellhop.listener.share.Intake;
import dev.bellhop.listener.share.LaneGate;
import dev.bellhop.listener.source.KnownSources;
import dev.bellhop.listener.source.SourceMeters;
import dev.bellhop.listener.source.Sources;
import dev.bellhop.listener.source.kube.BearerToken;
import dev.bellhop.listener.source.remote.RemoteType;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listener process: wires the parts, starts them in order and stops them in order. The way of an event is told by
/// [EventLine] and [TriggerRun].
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Duration API_TIMEOUT = Duration.ofSeconds(10);
    /// Not the method or the path: those are the sender's to choose, and each new one would stay in memory.
    private static final EnumSet<Label> METRIC_LABELS = EnumSet.of(Label.LOCAL, Label.HTTP_CODE, Label.POOL_TYPE);
    private static final Duration START_WAIT = Duration.ofSeconds(60);

    private final KubernetesClient client;
    private final ListenerSettings settings;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ExecutorService virtualThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final Directory directory;
    private final SecretCache secrets;
    private final RecentHappenings recent;
    private final OutcomeRecorder recorder;
    private final EventRecorder events;
    private final Journal journal;
    private final Vertx vertx;
    private final ApiConnection api;
    private final Intake intake;
    private final LaneGate gate;
    private final DeadLetterPost deadLetters;
    private final Outlet outlet;
    private final NatsPublisher nats = new NatsPublisher();
    private final KafkaPublisher kafka = new KafkaPublisher();
    private final Mirror mirror;
    private final DeliveryWorkers workers;
    private final Sources sources;
    private final Optional<Leadership> leadership;
    private final EventPort eventPort;
    private final AdminDoor adminDoor;
    private int adminPort;
    private volatile Phase phase = Phase.STARTING;

    /// Puts a listener together; opens its journal, but no port. `client` reaches the cluster with the listener's rights; it
    /// stays the caller's to close.
    ///
    /// @throws IOException when the journal cannot be opened
    public Listener(KubernetesClient client, ListenerSettings settings, Clock clock) throws IOException {
        this.client = client;
        this.settings = settings;
        directory = new Directory(settings.only());
        recent = new RecentHappenings(name -> directory.source(name).map(ServedSource::index));
        secrets = new SecretCache(client, clock);
        events = new EventRecorder(client, "bellhop.dev/listener", settings.instance(), clock);
        recorder = new OutcomeRecorder(clock, registry, events, recent);
        journal = openJournal(settings, directory::retention, clock);
        JournalMeters.bind(journal, registry);
        vertx = Vertx.builder()
                .with(new VertxOptions().setMetricsOptions(
                        new MicrometerMetricsOptions().setEnabled(true).setLabels(METRIC_LABELS)
                                // The door has meters of its own; these would cost every event as much as its filter.
                                .addDisabledMetricsCategory(MetricsDomain.HTTP_SERVER)))
                .withMetrics(new MicrometerMetricsFactory(registry))
                .build();
        var server = new Breaker(ThreadLocalRandom.current());
        api = new ApiConnection(vertx, client.getConfiguration(), new BearerToken(client.getConfiguration(), clock),
                settings.workers(), API_TIMEOUT, server, clock);
        intake = new Intake(directory::rules, journal.backlog(), System::nanoTime);
        var triage = new Triage(secrets, intake, journal, recorder, virtualThreads);
        var sourceMeters = new SourceMeters(registry);
        var sourceLine = new SourceLine(directory, triage, journal, sourceMeters, recent, clock, () -> phase);
        var line = new EventLine(directory, triage,
                new PluginLine(directory, sourceLine, secrets, virtualThreads, clock), () -> phase);
        sources = new Sources(client, sourceLine, journal, this::leads, sourceMeters, clock);
        leadership = settings.sourcesLease().map(lease -> new Leadership(client, lease, settings.instance() + "-"
                + UUID.randomUUID(), LeaseTimes.USUAL, _ -> sources.look()));
        deadLetters = new DeadLetterPost(vertx, settings.deadLetterUrls());
        var allowedUrls = new AllowedUrls(settings.actionUrls());
        outlet = new Outlet(vertx, allowedUrls, clock);
        var creator = new ObjectCreator(api, clock, settings.allowClusterScoped());
        gate = new LaneGate(directory::rules, server, clock);
        var actions = new ActionRunner(api, creator, clock, settings.allowClusterScoped(),
                ActionTypes.all(outlet, new MailOutlet(allowedUrls), nats, kafka,
                        new AllowedBrokers(settings.actionUrls()),
                        settings.standalone()),
                ActionTypes.remover(), ActionTypes.pruner());
        workers = new DeliveryWorkers(journal,
                new TriggerRun(directory, new Gathering(journal, clock), creator, actions,
                        new GivingUp(directory, actions, new ObjectRemover(api, clock), deadLetters, clock)),
                delivery -> new RetryPolicy(directory.rules().policy(delivery.lane()).retry()), gate,
                settings.workers(), clock, this::record);
        eventPort = new EventPort(vertx, settings.limits(), clock, line, registry);
        adminDoor = new AdminDoor(vertx, virtualThreads, registry, () -> phase == Phase.SERVING, client, journal,
                recent,
                () -> directory.rules().tenants(), settings.hidden());
        recorder.watch(adminDoor::happened);
        var compiler = new CatalogCompiler(new TriggerCompiler(), KnownSources.of(client,
                RemoteType.reaching(new RemoteType.Reach(outlet::send, this::eventsUrl, RemoteType.Reach.USUALLY))));
        mirror = new Mirror(client, objects -> takeOver(compiler.compile(objects)));
    }

    private static Journal openJournal(ListenerSettings settings, Function<String, RetentionLimits> retention,
            Clock clock) throws IOException {
        return settings.database().isPresent()
                ? PostgresJournal.open(settings.database().get().keeping(retention), clock)
                : SqliteJournal.open(SqliteSettings.in(settings.dataDirectory(), retention), clock);
    }

    /// Reads the cluster's objects in, then opens the ports and begins to work off the journal.
    ///
    /// @throws IOException when the cluster does not answer within a minute or a port is taken
    public void start() throws IOException {
        await(mirror.start(), "reading the objects of the cluster at " + client.getMasterUrl());
        events.start();
        workers.start();
        phase = Phase.SERVING;
        await(eventPort.open(settings.port()), "opening the event port " + settings.port());
        adminPort = await(adminDoor.open(settings.adminPort()).toCompletionStage().toCompletableFuture(),
                "opening the admin port " + settings.adminPort()).actualPort();
        if (leadership.isPresent()) {
            sources.start();
            leadership.get().start();
        }
        LOG.atInfo().addKeyValue("port", port()).addKeyValue("adminPort", adminPort).log("Listener ready");
    }

    /// The event port in use.
    public int port() {
        return eventPort.port();
    }

    /// The admin port in use.
    public int adminPort() {
        return adminPort;
    }

    /// What is served now.
    public Catalog catalog() {
        return directory.catalog();
    }

    /// Calls `watcher` with everything that happens from now on.
    public void watch(Consumer<Happening> watcher) {
        recorder.watch(watcher);
    }

    /// Where a plug-in posts the events of its EventSource.
    private String eventsUrl(ObjectName source) {
        return settings.address().orElseGet(() -> "http://localhost:" + port()) + Directory.pathOf(source);
    }

    private boolean leads() {
        return leadership.map(Leadership::leads).orElse(false);
    }

    private void takeOver(Catalog catalog) {
        directory.replace(catalog);
        intake.retain(directory.rules());
        gate.retain(directory.rules());
        journal.gateChanged();
        sources.replace(catalog.sources(), catalog.triggers().values().stream()
                .map(trigger -> Gathering.memoryOf(trigger.stored().uid())).collect(Collectors.toSet()));
        var names = new HashSet<ObjectName>();
        var named = new ArrayList<SecretRef>();
        Stream.concat(catalog.listeners().values().stream().map(ServedListener::index),
                catalog.sources().values().stream().map(ServedSource::index)).forEach(index -> {
                    for (var name : index.names()) {
                        names.add(name);
                        index.find(name).ifPresent(trigger -> named.addAll(trigger.secrets()));
                    }
                });
        catalog.sources().values().forEach(source -> PluginLine.token(source).ifPresent(named::add));
        recent.retain(names, catalog.sources().keySet());
        secrets.retain(named);
    }

    private void record(Tried tried) {
        gate.tried(tried);
        recorder.record(tried.delivery(), switch (tried.outcome()) {
            case Outcome.Done(var created) -> new Ending.Created(created);
            case Outcome.RetryAt(var due, var step, var why, _) ->
                new Ending.Retrying(step, why, Duration.between(tried.endedAt(), due));
            case Outcome.Dead(var step, var why, _) -> new Ending.Failed(step, why);
        });
    }

    /// Says that it is not ready, but works as before for so long: whoever sends learns only after some seconds that another
    /// is to be asked. Who keeps a connection open is told to give it up. To be followed by [#close].
    public void leave(Duration delay) {
        phase = Phase.LEAVING;
        LOG.atInfo().addKeyValue("delay", delay).log("Listener is leaving");
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Stops accepting, lets running deliveries end within the grace period, and closes; what is left stays in the journal.
    @Override
    public void close() {
        phase = Phase.STOPPING;
        sources.close();
        leadership.ifPresent(Leadership::close);
        try {
            eventPort.drain(Duration.ofSeconds(5));
            workers.drain(ListenerSettings.GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        mirror.close();
        journal.close();
        events.close();
        api.close();
        deadLetters.close();
        outlet.close();
        nats.close();
        kafka.close();
        await(vertx.close());
        virtualThreads.shutdown();
        registry.close();
        LOG.atInfo().log("Listener stopped");
    }

    private static void await(io.vertx.core.Future<Void> future) {
        try {
            future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn().setCause(e).log("Closing the event loops failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T await(CompletableFuture<T> future, String what) throws IOException {
        try {
            return future.get(START_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(what + " failed: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IOException(what + " took longer than " + START_WAIT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + what, e);
        }
    }
}
