package dev.bellhop.cli.test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.cli.kind.KnownKinds;
import dev.bellhop.cli.test.Outcome.Ending;
import dev.bellhop.cli.test.Outcome.Verdict;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.action.ActionStep;
import dev.bellhop.engine.action.ActionStep.Doing;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.CatalogCompiler;
import dev.bellhop.engine.catalog.ServedListener;
import dev.bellhop.engine.catalog.ServedSource;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.event.Origin;
import dev.bellhop.engine.intercept.Decision;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.select.Addressed;
import dev.bellhop.engine.select.Route;
import dev.bellhop.engine.select.TriggerIndex;
import dev.bellhop.engine.trigger.Compilation;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.engine.trigger.Made;
import dev.bellhop.engine.source.SourceTypes;
import dev.bellhop.engine.trigger.TriggerCompiler;
import dev.bellhop.listener.action.Identity;
import dev.bellhop.listener.action.ObjectCreator;
import dev.bellhop.listener.action.Order;
import dev.bellhop.listener.http.Answer;
import dev.bellhop.listener.http.Limits;
import dev.bellhop.listener.journal.Door;

/// The way of an event through a listener, without port, journal, running sources and cluster: route, select, decide, bind,
/// render. Times and ids are the same in every run, so that what
/// comes out is.
final class OfflineListener {
    private static final String PREFIX = "/listeners/";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    /// Kinds that belong to no namespace; offline there is no server to ask.
    private static final List<String> CLUSTER_SCOPED = List.of("Namespace", "ClusterRole", "ClusterRoleBinding",
            "ClusterTriggerBinding", "CustomResourceDefinition", "PersistentVolume", "StorageClass", "IngressClass",
            "PriorityClass", "ClusterInterceptor", "ClusterTask");

    private final Catalog catalog;
    private final Secrets secrets;
    private final Waiting waiting = new Waiting();

    OfflineListener(CaseObjects objects) {
        // Few folders have any, and making the types takes a while.
        var types = objects.objects().sources().isEmpty() ? SourceTypes.NONE : KnownKinds.sources();
        catalog = new CatalogCompiler(new TriggerCompiler(), types).compile(objects.objects());
        secrets = objects;
    }

    /// What is wrong with the objects, a sentence each, as a status would tell it.
    List<String> problems() {
        var sentences = new TreeSet<String>();
        catalog.listeners().forEach((name, served) -> served.problems()
                .forEach(problem -> sentences.add("EventListener " + sentence(name, problem))));
        catalog.sources().forEach((name, served) -> served.problems()
                .forEach(problem -> sentences.add("EventSource " + sentence(name, problem))));
        catalog.triggers().forEach((name, view) -> {
            if (view.compilation() instanceof Compilation.Broken(var problems)) {
                problems.forEach(problem -> sentences.add("Trigger " + sentence(name, problem)));
            }
            if (!view.isServed()) {
                sentences.add("Trigger " + sentence(name,
                        new Problem(Problem.Reason.NotSelected,
                                "no EventListener or EventSource of the folder selects it")));
            }
        });
        return List.copyOf(sentences);
    }

    private static String sentence(ObjectName name, Problem problem) {
        return name + ": " + problem.reason() + ": " + problem.message();
    }

    /// Receives a request or an event, the `number`-th input of its folder.
    Outcome receive(CaseInput input, int number) {
        return switch (input) {
            case RequestFile request -> receive(request, number);
            case EventFile event -> bring(event, number);
        };
    }

    private Outcome bring(EventFile file, int number) {
        var served = source(file);
        var kind = served.plan().map(plan -> plan.type().name()).orElseThrow(() -> new UnusableInput(file.file()
                + ": EventSource " + served.stored().name() + " brings nothing: " + (served.suspended()
                        ? "it is suspended"
                        : served.problems().stream().map(Problem::message).collect(Collectors.joining("; ")))));
        var facts = file.facts().deepCopy().put("eventSource", served.stored().name().name());
        var origin = new Origin.Sourced(kind, served.stored().uid() + "/" + file.id(), file.type(), file.subject(),
                file.time().orElse(NOW), facts, file.oldBody());
        var way = new Way(Door.source(served.stored().name()), served.index(), new Route.All());
        var decided = decide(Event.of(id(number), NOW, file.headers(), file.body(), origin), way);
        return new Outcome(Optional.empty(), decided.verdicts(), decided.work().objects(), decided.work().actions());
    }

    private ServedSource source(EventFile file) {
        var sources = catalog.sources();
        if (file.source().isEmpty()) {
            if (sources.size() != 1) {
                throw new UnusableInput(file.file() + ": the folder has " + sources.size() + " EventSources"
                        + (sources.isEmpty() ? "; add one" : "; say which: source: NAMESPACE/NAME"));
            }
            return sources.values().iterator().next();
        }
        var written = file.source().get();
        var found = sources.values().stream().filter(source -> written.equals(source.stored().name().toString())
                || written.equals(source.stored().name().name())).toList();
        if (found.size() != 1) {
            throw new UnusableInput(file.file() + ": source '" + written + "' must name one EventSource of the folder: "
                    + sources.keySet().stream().map(ObjectName::toString).sorted().toList());
        }
        return found.getFirst();
    }

    private static EventId id(int number) {
        return new EventId("00000000-0000-7000-8000-%012d".formatted(number));
    }

    private Outcome receive(RequestFile request, int number) {
        var place = place(request);
        if (place.isEmpty()) {
            return Outcome.of(new Answer.NotFound());
        }
        var served = place.get().listener();
        var route = Route.of(place.get().path(), request.query());
        return switch (served.index().addressed(route)) {
            case Addressed.Nobody _ -> Outcome.of(new Answer.NotFound());
            case Addressed.Malformed(var why) -> Outcome.of(new Answer.BadRequest(why));
            case Addressed.NotReady _ -> Outcome.of(Answer.notReady());
            case Addressed.Triggers _ -> read(request, number, served, route);
        };
    }

    private record Place(ServedListener listener, String path) {}

    private Optional<Place> place(RequestFile request) {
        if (request.path().startsWith(PREFIX)) {
            var parts = request.path().substring(PREFIX.length()).split("/", 3);
            var listener = parts.length < 2 ? null : catalog.listeners().get(new ObjectName(parts[0], parts[1]));
            return Optional.ofNullable(listener).map(found -> new Place(found, parts.length > 2 ? "/" + parts[2] : ""));
        }
        if (catalog.listeners().size() != 1) {
            throw new UnusableInput(
                    request.file() + ": the folder has " + catalog.listeners().size() + " EventListeners"
                            + (catalog.listeners().isEmpty()
                                    ? "; add one"
                                    : "; say which: POST " + PREFIX + "NAMESPACE/NAME/..."));
        }
        return Optional.of(new Place(catalog.listeners().values().iterator().next(), request.path()));
    }

    private Outcome read(RequestFile request, int number, ServedListener served, Route route) {
        if (!request.method().equals("POST")) {
            return Outcome.of(new Answer.MethodNotAllowed());
        }
        var headers = headers(request);
        var encoding = headers.first("Content-Encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            return Outcome.of(new Answer.EncodingNotSupported(encoding));
        }
        if (request.body().length > Limits.DEFAULT.bodyBytes()) {
            return Outcome.of(new Answer.TooLarge(Limits.DEFAULT.bodyBytes()));
        }
        return switch (Body.parse(request.body(), headers.first("Content-Type"))) {
            case Body.Parsed.NotAccepted(var why) -> Outcome.of(new Answer.BadRequest(why));
            case Body.Parsed.Accepted(var body) -> {
                var url = request.path() + (request.query().isEmpty() ? "" : "?" + request.query());
                var way = new Way(Door.listener(served.stored().name()), served.index(), route);
                yield answered(decide(new Event(id(number), NOW, request.method(), url, headers, body), way), number);
            }
        };
    }

    private Headers headers(RequestFile request) {
        var headers = new ArrayList<>(request.headers());
        headers.removeIf(header -> header.getKey().equalsIgnoreCase("Host")
                || header.getKey().equalsIgnoreCase("Content-Length"));
        headers.add(Map.entry("Content-Length", Integer.toString(request.body().length)));
        request.signing().ifPresent(signing -> headers.add(switch (secrets.find(signing.secret())) {
            case Secrets.Lookup.Found(var token) -> signing.scheme().sign(token, request.body());
            case Secrets.Lookup.Missing(var why) -> throw new UnusableInput(request.file() + ": cannot sign: " + why);
        }));
        return Headers.of(headers);
    }

    /// Where an event came in, and where it is to go.
    private record Way(Door door, TriggerIndex index, Route route) {}

    /// What the Triggers say, and what they would do.
    private record Decided(List<Decision> decisions, List<Verdict> verdicts, Work work) {}

    private static Outcome answered(Decided decided, int number) {
        boolean taken = decided.decisions().stream().anyMatch(Decision.Continue.class::isInstance);
        var answer = taken ? new Answer.Accepted(id(number)) : Answer.whenNoneTakes(id(number), decided.decisions());
        return new Outcome(Optional.of(answer), decided.verdicts(), decided.work().objects(), decided.work().actions());
    }

    private Decided decide(Event event, Way way) {
        var verdicts = new ArrayList<Verdict>();
        var decisions = new ArrayList<Decision>();
        var work = new Work(new ArrayList<>(), new ArrayList<>());
        // The index leaves out Triggers that cannot want the event; a test wants to see why they do not.
        var addressed = way.index().names().stream().sorted().map(way.index()::find).flatMap(Optional::stream)
                .filter(trigger -> isAddressed(trigger, way.route())).toList();
        for (var trigger : addressed) {
            var decision = trigger.decide(event, secrets);
            decisions.add(decision);
            verdicts.add(switch (decision) {
                case Decision.Continue(var extensions) -> gather(event, way.door(), trigger, extensions, work);
                case Decision.Filtered(var by, var why) ->
                    new Verdict(trigger.name(), Ending.Filtered, by + ": " + why);
                case Decision.Refused(var _, var by, var why, var advice) -> new Verdict(trigger.name(), Ending.Refused,
                        by + ": " + why + (advice.isEmpty() ? "" : "; " + advice));
                case Decision.Failed(var by, var why, var _) ->
                    new Verdict(trigger.name(), Ending.Failed, by + ": " + why);
            });
        }
        return new Decided(List.copyOf(decisions), List.copyOf(verdicts), work);
    }

    /// What all Triggers together would do.
    private record Work(List<ObjectNode> objects, List<ObjectNode> actions) {}

    private static boolean isAddressed(CompiledTrigger trigger, Route route) {
        return switch (route) {
            case Route.All _ -> true;
            case Route.InNamespace(var namespace) -> trigger.name().namespace().equals(namespace);
            case Route.One(var name) -> trigger.name().equals(name);
            case Route.Labelled(var namespace, var labels) ->
                trigger.name().namespace().equals(namespace) && labels.matches(trigger.labels());
            case Route.Nowhere _,Route.Malformed _ -> false;
        };
    }

    /// A Trigger that waits for several events acts for all of them, as soon as the last has come.
    private Verdict gather(Event event, Door door, CompiledTrigger trigger, ObjectNode extensions, Work work) {
        if (trigger.conditions().isEmpty()) {
            return make(event, door, trigger, extensions, work);
        }
        return waiting.add(trigger.name(), trigger.conditions().get(), event, extensions)
                .map(all -> make(all.event(), door, trigger, all.extensions(), work))
                .orElseGet(() -> new Verdict(trigger.name(), Ending.Continue,
                        "waits with " + waiting.come(trigger.name()).stream().sorted().toList()));
    }

    private static Verdict make(Event event, Door door, CompiledTrigger trigger, ObjectNode extensions,
            Work work) {
        var identity = event.id() + "|" + trigger.name();
        var uid = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString();
        return switch (trigger.make(event, extensions, uid)) {
            case Made.Failed(var step, var why) ->
                failed(trigger, step.name().toLowerCase(java.util.Locale.ROOT) + ": " + why);
            case Made.Work(var resources, var steps) -> {
                var order = new Order(event.id(), door, trigger.name(),
                        new Identity(identity, event.receivedAt(), Optional.empty()), Optional.empty(), resources);
                for (var resource : resources) {
                    var object = resource.deepCopy();
                    var problem = ObjectCreator.prepare(object, order,
                            !CLUSTER_SCOPED.contains(object.path("kind").asText()));
                    if (problem.isPresent()) {
                        yield failed(trigger, "act: " + object.path("kind").asText() + ": " + problem.get());
                    }
                    work.objects().add(object);
                }
                steps.forEach(step -> work.actions().add(action(trigger, step)));
                yield new Verdict(trigger.name(), Ending.Continue, "");
            }
        };
    }

    /// An action as it stands in a Trigger.
    private static ObjectNode action(CompiledTrigger trigger, ActionStep step) {
        var action = JsonNodeFactory.instance.objectNode().put("trigger", trigger.name().toString());
        if (!step.name().isEmpty()) {
            action.put("name", step.name());
        }
        return switch (step.doing()) {
            case Doing.Run(var spec) -> action.set(step.kind(), spec);
            case Doing.Remove(var spec) -> action.set("remove", spec.path("object"));
            case Doing.Prune(var spec) ->
                action.set("prune", spec.path("object").<ObjectNode>deepCopy().set("keep", spec.path("keep")));
            case Doing.Skip() -> action.put("skip", step.kind());
        };
    }

    private static Verdict failed(CompiledTrigger trigger, String why) {
        return new Verdict(trigger.name(), Ending.Failed, why);
    }
}
