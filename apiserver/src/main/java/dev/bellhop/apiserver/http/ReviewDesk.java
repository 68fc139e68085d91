package dev.bellhop.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.auth.Ask;
import dev.bellhop.apiserver.auth.Authorizer;
import dev.bellhop.apiserver.auth.Tokens;
import dev.bellhop.apiserver.auth.User;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.status.Refusal;
import dev.bellhop.apiserver.store.Store;
import dev.bellhop.apiserver.write.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers the kinds that are only asked and never stored: reviews of tokens and of access, and requests for tokens.
public final class ReviewDesk {

    private static final long SHORTEST_TOKEN = 600;
    private static final long USUAL_TOKEN = 3600;

    private final Store store;
    private final Tokens tokens;
    private final Authorizer authorizer;

    public ReviewDesk(Store store, Tokens tokens, Authorizer authorizer) {
        this.store = store;
        this.tokens = tokens;
        this.authorizer = authorizer;
    }

    Reply review(Call call, Target target) {
        ObjectNode review = Bodies.object(call).deepCopy();
        review.put("apiVersion", target.type().apiVersion()).put("kind", target.type().kind());
        review.putObject("metadata").putNull("creationTimestamp");
        JsonNode spec = review.path("spec");
        ObjectNode status = switch (target.type().plural()) {
            case "tokenreviews" -> reviewToken(spec);
            case "selfsubjectaccessreviews" -> reviewAccess(call.user(), spec, "");
            case "subjectaccessreviews" -> reviewAccess(subject(spec), spec, "");
            case "localsubjectaccessreviews" -> reviewAccess(subject(spec), spec, target.namespace());
            default -> rules(call.user(), spec.path("namespace").asText(""));
        };
        review.set("status", status);
        return Reply.json(201, review);
    }

    Reply createSubresource(Call call, Target target) {
        if (!"token".equals(target.subresource())) {
            throw Refusal.methodNotAllowed();
        }
        ObjectNode account = store.get("serviceaccounts", target.key())
                .orElseThrow(() -> Refusal.notFound(target.type(), target.name()));
        ObjectNode request = Bodies.object(call).deepCopy();
        ObjectNode spec = request.get("spec") instanceof ObjectNode given ? given : request.putObject("spec");
        long seconds = spec.path("expirationSeconds").asLong(USUAL_TOKEN);
        if (seconds < SHORTEST_TOKEN) {
            throw Refusal
                    .unprocessable("TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid"
                            + " value: " + seconds + ": may not specify a duration less than 10 minutes");
        }
        List<String> audiences = texts(spec.path("audiences"));
        Tokens.Issued issued = tokens.issue(account, audiences.isEmpty() ? List.of(Tokens.AUDIENCE) : audiences,
                Duration.ofSeconds(seconds));
        request.put("apiVersion", "authentication.k8s.io/v1").put("kind", "TokenRequest");
        request.putObject("metadata").put("name", target.name()).put("namespace", target.namespace())
                .putNull("creationTimestamp");
        spec.put("expirationSeconds", seconds);
        if (audiences.isEmpty()) {
            spec.putArray("audiences").add(Tokens.AUDIENCE);
        }
        request.putObject("status").put("token", issued.token()).put("expirationTimestamp",
                issued.expires().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
        return Reply.json(201, request);
    }

    private ObjectNode reviewToken(JsonNode spec) {
        ObjectNode status = Json.object();
        List<String> asked = texts(spec.path("audiences"));
        Optional<Tokens.Holder> holder = tokens.holder(spec.path("token").asText(""));
        List<String> wanted = asked.isEmpty() ? List.of(Tokens.AUDIENCE) : asked;
        List<String> common = holder
                .map(found -> found.audiences().isEmpty()
                        ? wanted
                        : wanted.stream().filter(found.audiences()::contains).toList())
                .orElse(List.of());
        if (holder.isEmpty() || common.isEmpty()) {
            return status.put("authenticated", false).put("error", "invalid bearer token");
        }
        User user = holder.get().user();
        status.put("authenticated", true);
        ObjectNode json = status.putObject("user").put("username", user.name()).put("uid", user.uid());
        user.groups().forEach(json.putArray("groups")::add);
        common.forEach(status.putArray("audiences")::add);
        return status;
    }

    private ObjectNode reviewAccess(User user, JsonNode spec, String namespace) {
        JsonNode resource = spec.path("resourceAttributes");
        JsonNode path = spec.path("nonResourceAttributes");
        if (resource.isObject() == path.isObject()) {
            throw Refusal
                    .unprocessable("spec.resourceAttributes: Invalid value: exactly one of nonResourceAttributes or"
                            + " resourceAttributes must be specified");
        }
        if (!namespace.isEmpty() && !namespace.equals(resource.path("namespace").asText())) {
            throw Refusal
                    .unprocessable("spec.resourceAttributes.namespace: Invalid value: must match metadata.namespace");
        }
        Ask ask = path.isObject()
                ? new Ask.OnPath(path.path("verb").asText(), path.path("path").asText())
                : new Ask.OnResource(resource.path("verb").asText(), resource.path("group").asText(),
                        resource.path("resource").asText(), resource.path("subresource").asText(),
                        resource.path("namespace").asText(), resource.path("name").asText());
        return Json.object().put("allowed", authorizer.allows(user, ask));
    }

    private ObjectNode rules(User user, String namespace) {
        ObjectNode status = Json.object().put("incomplete", false);
        ArrayNode resources = status.putArray("resourceRules");
        ArrayNode paths = status.putArray("nonResourceRules");
        if (user.groups().contains(User.MASTERS)) {
            resources.add(Json.literal("{\"verbs\":[\"*\"],\"apiGroups\":[\"*\"],\"resources\":[\"*\"]}"));
            paths.add(Json.literal("{\"verbs\":[\"*\"],\"nonResourceURLs\":[\"*\"]}"));
        }
        authorizer.rules(user, namespace)
                .forEach(rule -> (rule.has("nonResourceURLs") ? paths : resources).add(rule));
        return status;
    }

    private static User subject(JsonNode spec) {
        if (spec.path("user").asText("").isEmpty() && spec.path("groups").isEmpty()) {
            throw Refusal
                    .unprocessable("spec.user: Invalid value: \"\": at least one of user or group must be specified");
        }
        return new User(spec.path("user").asText(""), spec.path("uid").asText(""), texts(spec.path("groups")),
                Map.of());
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
