package dev.bellhop.engine.intercept;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A kind of interceptor as people are told of it.
///
/// @param name        what `ref.name` calls it
/// @param description what it does, one sentence
/// @param params      all it reads
public record InterceptorKind(String name, String description, List<Param> params) {
    private static final List<Param> SECRETS = List.of(
            new Param("secretRef", "object",
                    "The webhook's secret: secretName and secretKey of a Secret of the namespace."),
            new Param("secretRefs", "list of objects",
                    "Several, of which one must fit: while one secret replaces another."));
    private static final Param EVENT_TYPES = new Param("eventTypes", "list of strings",
            "Which of the sender's kinds of event pass. Default: all.");

    public InterceptorKind {
        params = List.copyOf(params);
    }

    /// A param of it, with its type in words.
    public record Param(String name, String type, String description) {}

    /// All of them, in the order of the documentation.
    public static List<InterceptorKind> all() {
        return List.of(
                new InterceptorKind("github", "Checks GitHub's signature and the kind of event.", and(SECRETS,
                        EVENT_TYPES,
                        new Param("addChangedFiles", "object",
                                "With enabled: true, the names of the files of a push are extensions.changed_files."),
                        new Param("githubOwners", "object",
                                "Tekton's; refused when it is enabled: a cel filter can say the same."))),
                new InterceptorKind("gitlab", "Checks GitLab's token and the kind of event.",
                        and(SECRETS, EVENT_TYPES)),
                new InterceptorKind("bitbucket", "Checks Bitbucket's signature and the kind of event.",
                        and(SECRETS, EVENT_TYPES)),
                new InterceptorKind("hmac",
                        "Checks the signature of any sender: by a preset, or by a scheme spelled out.",
                        and(SECRETS, scheme())),
                new InterceptorKind("cel", "Lets pass what an expression is true of, and computes values.", List.of(
                        new Param("filter", "string", "CEL expression: what it is not true of is filtered."),
                        new Param("overlays", "list of objects",
                                "Values that are added to extensions: key says where, expression what."))));
    }

    private static Param[] scheme() {
        return new Param[]{
                new Param("preset", "string",
                        "A known sender: one of " + String.join(", ", Presets.all().keySet()) + "."),
                new Param("header", "string", "The header that carries the signature."),
                new Param("algorithm", "string", "Of the HMAC. Default: sha256."),
                new Param("encoding", "string", "Of the signature: hex (default), base64 or base64url."),
                new Param("prefix", "string", "What stands before the signature."),
                new Param("separator", "string", "What stands between several signatures in the header."),
                new Param("signedTemplate", "string",
                        "What is signed, with the places {body}, {timestamp} and {id}. Default: {body}."),
                new Param("timestampHeader", "string", "The header that carries the time."),
                new Param("timestampPrefix", "string", "What stands before the time in the signature's header."),
                new Param("timestampField", "string", "The field of the body that carries the time."),
                new Param("timestampUnit", "string", "Of the time: s (default), ms or rfc3339."),
                new Param("tolerance", "string", "How far the time may be off, such as 300s. Default: 5m."),
                new Param("idHeader", "string", "The header that carries the id."),
                new Param("secretEncoding", "string", "Of the secret: utf8 (default), base64 or hex."),
                new Param("secretPrefix", "string", "What stands before a secret in base64 or hex.")};
    }

    private static List<Param> and(List<Param> first, Param... more) {
        return Stream.concat(first.stream(), Arrays.stream(more)).toList();
    }
}
