package dev.bellhop.cli.convert.argo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.convert.draft.ActionDraft;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.draft.Rights;

/// What a trigger of a Sensor does, as actions.
final class TriggerTemplate {
    private static final List<String> EXPRESSION_VERBS = List.of("create", "delete", "get", "patch");

    private static final Set<String> OPERATIONS = Set.of("submit", "submit-from", "resubmit", "suspend", "resume",
            "stop",
            "terminate");
    private static final int IMPLICIT_TLS = 465;
    private static final Set<String> KNOWN = Set.of("name", "conditions", "conditionsReset", "k8s", "argoWorkflow",
            "slack", "email", "nats", "kafka", "http", "log");

    private final String namespace;
    private final Fields template;
    private final Parameters parameters;
    private final Rights rights;
    private final List<Integer> successCodes;
    private final List<ObjectNode> actions = new ArrayList<>();

    /// @param namespace    of the Sensor
    /// @param successCodes of answers to requests; empty for the usual ones
    TriggerTemplate(String namespace, Fields template, Parameters parameters, Rights rights,
            List<Integer> successCodes) {
        this.namespace = namespace;
        this.template = template;
        this.parameters = parameters;
        this.rights = rights;
        this.successCodes = successCodes;
    }

    /// The actions; what is not converted is reported.
    List<ObjectNode> actions() {
        var name = template.text("name").orElse("");
        template.object("k8s").ifPresent(k8s -> kubernetes(name, k8s));
        template.object("argoWorkflow").ifPresent(workflow -> workflow(name, workflow));
        template.object("slack").ifPresent(slack -> slack(name, slack));
        template.object("email").ifPresent(email -> email(name, email));
        template.object("nats").ifPresent(nats -> publish(name, "nats", nats, ArgoBroker::natsMessage));
        template.object("kafka").ifPresent(kafka -> publish(name, "kafka", kafka, ArgoBroker::kafkaMessage));
        template.object("http")
                .ifPresent(http -> actions.add(new ArgoHttp(http, parameters, rights).action(name, successCodes)));
        template.object("log").ifPresent(log -> {
            var action = ActionDraft.log(name);
            log.integer("intervalSeconds").ifPresent(action::everySeconds);
            actions.add(action.json());
        });
        for (var kind : template.names()) {
            if (!KNOWN.contains(kind)) {
                template.lost(kind,
                        "there is no such action: the Trigger is not Ready until it has one. Many services take an"
                                + " http action");
            }
        }
        return actions;
    }

    private void workflow(String name, Fields workflow) {
        var operation = workflow.text("operation").orElse("submit");
        workflow.lost("args", "write them into the Workflow, or as workflow.parameters");
        if (!OPERATIONS.contains(operation)) {
            workflow.takeAll();
            workflow.report().lost(workflow.path("operation"), operation,
                    "a Workflow is submitted, resubmitted, suspended, resumed,"
                            + " stopped or terminated. The Trigger is not Ready until it has an action");
            return;
        }
        object(workflow).ifPresent(object -> {
            var action = ActionDraft.workflow(name, operation.equals("submit-from") ? "submit" : operation);
            var metadata = object.path("metadata");
            if (operation.equals("submit")) {
                action.set("source", object);
            } else if (operation.equals("submit-from")) {
                action.set("from", JsonNodeFactory.instance.objectNode()
                        .put("kind", object.path("kind").asText("WorkflowTemplate"))
                        .put("name", metadata.path("name").asText()));
            } else {
                action.set("name", metadata.path("name").asText());
                if (metadata.hasNonNull("namespace")) {
                    action.set("namespace", metadata.path("namespace").asText());
                }
            }
            actions.add(action.json());
            allow(object, operation.equals("submit-from") ? List.of("get") : List.of("create", "get", "patch"));
            if (operation.equals("submit-from")) {
                rights.allow(namespace, "argoproj.io", "workflows", List.of("create", "get"));
            }
        });
    }

    private void publish(String name, String broker, Fields given, Function<Fields, ObjectNode> read) {
        var fields = parameters.filled(given);
        var message = read.apply(fields);
        var payload = fields.objects("payload");
        if (!payload.isEmpty()) {
            message.set("body", parameters.apply(JsonNodeFactory.instance.objectNode(), payload));
        }
        fields.reportRest();
        message.findValuesAsText("secretName").forEach(rights::allowSecret);
        actions.add(ActionDraft.publish(name, broker, message).json());
    }

    private void slack(String name, Fields slack) {
        var fields = parameters.filled(slack);
        var message = JsonNodeFactory.instance.objectNode();
        fields.object("slackToken").ifPresent(token -> {
            var secret = token.text("name").orElse("");
            message.putObject("token").put("secretName", secret).put("secretKey", token.text("key").orElse(""));
            rights.allowSecret(secret);
        });
        fields.text("channel").ifPresent(channel -> message.put("channel", channel));
        fields.text("message").ifPresent(text -> message.put("text", text));
        fields.text("blocks").ifPresent(blocks -> message.put("blocks", blocks));
        fields.reportRest();
        actions.add(ActionDraft.slack(name, message).json());
    }

    private void email(String name, Fields email) {
        var fields = parameters.filled(email);
        var message = JsonNodeFactory.instance.objectNode();
        fields.text("host").ifPresent(host -> message.put("host", host));
        fields.integer("port").ifPresent(port -> {
            message.put("port", port);
            if (port == IMPLICIT_TLS) {
                message.put("tls", "tls");
            }
        });
        fields.text("username").ifPresent(user -> message.put("user", user));
        fields.object("smtpPassword").ifPresent(password -> {
            var secret = password.text("name").orElse("");
            message.putObject("passwordSecret").put("secretName", secret).put("secretKey",
                    password.text("key").orElse(""));
            rights.allowSecret(secret);
        });
        fields.text("from").ifPresent(from -> message.put("from", from));
        fields.texts("to").forEach(message.putArray("to")::add);
        fields.text("subject").ifPresent(subject -> message.put("subject", subject));
        fields.text("body").ifPresent(text -> {
            message.put("text", text);
            if (text.contains("<")) {
                fields.check("body", "mails are plain text, not HTML");
            }
        });
        fields.reportRest();
        actions.add(ActionDraft.email(name, message).json());
    }

    private void kubernetes(String name, Fields k8s) {
        var operation = k8s.text("operation").orElse("create");
        var strategy = k8s.text("patchStrategy").orElse("merge");
        k8s.needless("liveObject");
        object(k8s).ifPresent(object -> {
            boolean chosen = operation.contains("${{");
            // Their update changes what it names and creates what is missing: that is a merge patch.
            var ours = chosen
                    ? operation.replace(": 'update'", ": 'patch'")
                    : operation.equals("update") ? "patch" : operation;
            if (strategy.contains("apply")) {
                ours = chosen ? ours.replace(": 'patch'", ": 'apply'") : ours.replace("patch", "apply");
            }
            var action = ActionDraft.kubernetes(name, ours, object);
            if (strategy.contains("json-patch")) {
                action.patch("json", object);
                k8s.report().check(k8s.path("patchStrategy"), strategy,
                        "patch.data has to be the list of operations, and object"
                                + " what they change");
            } else if (strategy.contains("strategic") && ours.contains("patch")) {
                action.patch("strategic", MissingNode.getInstance());
            }
            if (ours.contains("patch") && !strategy.contains("json-patch")) {
                action.createIfMissing();
            }
            actions.add(action.json());
            allow(object, chosen ? EXPRESSION_VERBS : verbs(ours));
        });
    }

    private static List<String> verbs(String operation) {
        return switch (operation) {
            case "patch", "apply" -> List.of("create", "get", "patch");
            case "delete" -> List.of("delete", "get");
            default -> List.of("create", "get");
        };
    }

    private void allow(JsonNode object, List<String> verbs) {
        var where = object.at("/metadata/namespace").asText(namespace);
        var apiVersion = object.path("apiVersion").asText();
        var kind = object.path("kind").asText();
        if (where.contains("${{") || apiVersion.contains("${{") || kind.contains("${{")) {
            template.report().check(template.path(), kind,
                    "namespace or kind come from the event: grant the ServiceAccount the"
                            + " rights that it needs");
            return;
        }
        rights.allowKind(where, apiVersion, kind, verbs);
    }

    private Optional<JsonNode> object(Fields holder) {
        var source = holder.objectOrNone("source");
        var object = source.any("resource")
                .or(() -> source.text("inline").flatMap(text -> ArgoInline.read(text, source)));
        for (var elsewhere : List.of("configmap", "file", "url", "s3", "git")) {
            source.lost(elsewhere,
                    "objects are written in the Trigger: paste what is there into kubernetes.object. The Trigger is"
                            + " not Ready until it has an action");
        }
        var list = holder.objects("parameters");
        return object.map(found -> parameters.apply(found.deepCopy(), list));
    }
}
