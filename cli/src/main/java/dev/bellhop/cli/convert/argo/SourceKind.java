package dev.bellhop.cli.convert.argo;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.draft.Fields;

/// What an event of an EventSource becomes.
sealed interface SourceKind {
    /// An EventListener.
    record Posted() implements SourceKind {}

    /// An EventSource of ours.
    ///
    /// @param type  its field, such as `cron`
    /// @param spec  what stands in it
    /// @param reads what it reads of the cluster
    record Sourced(String type, ObjectNode spec, Optional<Reads> reads) implements SourceKind {}

    /// A resource of the cluster, in a namespace or everywhere.
    record Reads(String where, String group, String resource) {}

    /// Reads the fields of an event of `type`; empty for an unknown type. Checks that each Trigger has to make of a sender are
    /// added to `checks`.
    static Optional<SourceKind> of(String type, Fields fields, List<Check> checks) {
        return Optional.ofNullable(switch (type) {
            case "webhook" -> webhook(fields, checks);
            case "github", "gitlab", "bitbucketserver" -> hosted(type, fields, checks);
            case "resource" -> ArgoResource.read(fields);
            case "calendar" -> calendar(fields);
            case "nats" -> ArgoBroker.nats(fields);
            case "kafka" -> ArgoBroker.kafka(fields);
            default -> null;
        });
    }

    private static SourceKind webhook(Fields fields, List<Check> checks) {
        door(fields);
        fields.object("authSecret").ifPresent(secret -> {
            var name = secret.text("name").orElse("");
            var key = secret.text("key").orElse("");
            var header = "header.canonical('Authorization')";
            checks.add(new Check.Sender(header + ".startsWith('Bearer ') && " + header
                    + ".substring(7).compareSecret(" + Cel.quote(key) + ", " + Cel.quote(name) + ")"));
        });
        return new Posted();
    }

    /// What only concerns the server that Argo Events ran for it.
    private static void door(Fields fields) {
        fields.needless("endpoint", "port", "url", "maxPayloadSize");
        for (var tls : List.of("serverCertSecret", "serverKeySecret")) {
            fields.lost(tls,
                    "the listener's TLS is not the Trigger's affair: it belongs to the Ingress or Service before it");
        }
        fields.text("method").filter(method -> !method.equalsIgnoreCase("POST")).ifPresent(method -> fields.report()
                .lost(fields.path("method"), method, "only POST is taken: have the sender post"));
    }

    private static SourceKind hosted(String type, Fields fields, List<Check> checks) {
        fields.object("webhook").ifPresent(webhook -> {
            door(webhook);
            webhook.takeAll();
        });
        var secret = fields.object(type.equals("gitlab") ? "secretToken" : "webhookSecret");
        var params = JsonNodeFactory.instance.objectNode();
        secret.ifPresent(given -> params.putObject("secretRef").put("secretName", given.text("name").orElse(""))
                .put("secretKey", given.text("key").orElse("")));
        var events = fields.texts("events");
        if (type.equals("github") && !events.isEmpty() && !events.contains("*")) {
            events.forEach(params.putArray("eventTypes")::add);
        } else if (!type.equals("github")) {
            fields.check("events",
                    "which events are sent is chosen at the sender; eventTypes of the interceptor would check it");
        }
        fields.needless("insecure", "active", "contentType", "enableSSLVerification", "deleteHookOnFinish", "id",
                "checkInterval",
                "githubBaseURL", "githubUploadURL", "gitlabBaseURL", "bitbucketserverBaseURL", "tls");
        for (var hook : List.of("repositories", "organizations", "owner", "repository", "projects", "groups",
                "apiToken",
                "githubApp", "accessToken")) {
            fields.lost(hook, "hooks are not registered by themselves: register one at the sender, with the URL in"
                    + " status.address.url of the Trigger");
        }
        if (secret.isEmpty()) {
            fields.report().check(fields.path(), "",
                    "senders are not authenticated, as before: add an interceptor with a"
                            + " secretRef");
        }
        if (!params.isEmpty()) {
            checks.add(new Check.Signature(type.equals("bitbucketserver") ? "bitbucket" : type, params));
        }
        return new Posted();
    }

    private static SourceKind calendar(Fields fields) {
        var spec = JsonNodeFactory.instance.objectNode();
        var schedule = fields.text("schedule");
        schedule.ifPresent(value -> spec.put("schedule", value));
        fields.text("interval").filter(_ -> schedule.isEmpty()).ifPresent(value -> spec.put("interval", value));
        fields.text("timezone").ifPresent(value -> spec.put("timeZone", value));
        for (var date : fields.texts("exclusionDates")) {
            // Argo Events, too, only heeds those.
            if (date.startsWith("EXDATE:")) {
                for (var one : date.substring("EXDATE:".length()).split(",", -1)) {
                    spec.withArray("exclusionDates").add("EXDATE:" + one);
                }
            }
        }
        fields.object("persistence").ifPresent(persistence -> {
            // What was done is noted in the journal.
            persistence.needless("configMap");
            persistence.object("catchup").filter(catchup -> catchup.flag("enabled")).ifPresent(catchup -> {
                var catchUp = spec.putObject("catchUp");
                catchup.text("maxDuration").ifPresent(most -> catchUp.put("maxAge", most));
            });
        });
        return new Sourced("cron", spec, Optional.empty());
    }
}
