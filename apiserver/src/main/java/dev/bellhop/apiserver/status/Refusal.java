package dev.bellhop.apiserver.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.schema.Cause;
import java.util.List;
import java.util.stream.Collectors;

/// The end of a request that did not succeed, with the Status object to answer.
public final class Refusal extends RuntimeException {

    private final int code;
    private final transient ObjectNode status;

    private Refusal(int code, String reason, String message) {
        super(message, null, false, false);
        this.code = code;
        this.status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", message).put("reason", reason);
        status.put("code", code);
    }

    public int code() {
        return code;
    }

    public ObjectNode status() {
        return status;
    }

    public static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequest", message);
    }

    public static Refusal unauthorized() {
        return new Refusal(401, "Unauthorized", "Unauthorized");
    }

    public static Refusal forbidden(String message) {
        return new Refusal(403, "Forbidden", message);
    }

    public static Refusal forbidden(ResourceType type, String name, String why) {
        return forbidden(type.groupResource() + " \"" + name + "\" is forbidden: " + why).about(type, name);
    }

    public static Refusal notFound(ResourceType type, String name) {
        return new Refusal(404, "NotFound", type.groupResource() + " \"" + name + "\" not found").about(type, name);
    }

    public static Refusal noSuchPath() {
        return new Refusal(404, "NotFound", "the server could not find the requested resource");
    }

    public static Refusal methodNotAllowed() {
        return new Refusal(405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
    }

    public static Refusal alreadyExists(ResourceType type, String name) {
        return new Refusal(409, "AlreadyExists", type.groupResource() + " \"" + name + "\" already exists").about(type,
                name);
    }

    public static Refusal conflict(ResourceType type, String name, String why) {
        return new Refusal(409, "Conflict",
                "Operation cannot be fulfilled on " + type.groupResource() + " \"" + name + "\": " + why)
                .about(type, name);
    }

    /// Of server-side apply: fields that somebody else owns with another value.
    public static Refusal applyConflict(String message, List<Cause> causes) {
        var refusal = new Refusal(409, "Conflict", message);
        refusal.addCauses(refusal.status.putObject("details"), causes);
        return refusal;
    }

    public static Refusal stale(ResourceType type, String name) {
        return conflict(type, name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static Refusal expired(String message) {
        return new Refusal(410, "Expired", message);
    }

    public static Refusal tooLarge(int limit) {
        return new Refusal(413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit);
    }

    public static Refusal unsupportedMediaType(List<String> accepted) {
        return new Refusal(415, "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: "
                        + String.join(", ", accepted));
    }

    public static Refusal notAcceptable(List<String> offered) {
        return new Refusal(406, "NotAcceptable",
                "only the following media types are accepted: " + String.join(", ", offered));
    }

    public static Refusal invalid(ResourceType type, String name, List<Cause> causes) {
        String fields = causes.stream().map(cause -> cause.field() + ": " + cause.message())
                .collect(Collectors.joining(", "));
        String kind = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
        var refusal = new Refusal(422, "Invalid",
                kind + " \"" + name + "\" is invalid: " + (causes.size() > 1 ? "[" + fields + "]" : fields));
        ObjectNode details = refusal.details(name, type.group(), type.kind());
        refusal.addCauses(details, causes);
        return refusal;
    }

    public static Refusal unprocessable(String message) {
        return new Refusal(422, "Invalid", message);
    }

    public static Refusal internal(String message) {
        return new Refusal(500, "InternalError", "Internal error occurred: " + message);
    }

    /// Of a collision that another try heals.
    public static Refusal tryAgain(ResourceType type, String name) {
        return new Refusal(500, "ServerTimeout", "The POST operation against " + type.groupResource()
                + " could not be completed at this time, please try again.").about(type, name);
    }

    private Refusal about(ResourceType type, String name) {
        details(name, type.group(), type.plural());
        return this;
    }

    private ObjectNode details(String name, String group, String kind) {
        ObjectNode details = status.putObject("details");
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!group.isEmpty()) {
            details.put("group", group);
        }
        return details.put("kind", kind);
    }

    private void addCauses(ObjectNode details, List<Cause> causes) {
        var list = details.putArray("causes");
        causes.forEach(cause -> list.addObject().put("reason", cause.reason()).put("message", cause.message())
                .put("field", cause.field()));
    }
}
