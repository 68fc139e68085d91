package dev.bellhop.engine.action;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.bellhop.api.action.ActionKind;
import dev.bellhop.api.action.BumpApplicationRevisionAction;
import dev.bellhop.api.action.CloudEventAction;
import dev.bellhop.api.action.DingTalkMessage;
import dev.bellhop.api.action.EmailMessage;
import dev.bellhop.api.action.ExecAction;
import dev.bellhop.api.action.FunctionAction;
import dev.bellhop.api.action.HttpAction;
import dev.bellhop.api.action.JobAction;
import dev.bellhop.api.action.KubernetesAction;
import dev.bellhop.api.action.LogAction;
import dev.bellhop.api.action.NotifyAction;
import dev.bellhop.api.action.PluginAction;
import dev.bellhop.api.action.PublishAction;
import dev.bellhop.api.action.RecordEventAction;
import dev.bellhop.api.action.SlackMessage;
import dev.bellhop.api.action.TelegramMessage;
import dev.bellhop.api.action.WorkflowAction;
import org.jspecify.annotations.Nullable;

/// What can be seen to be wrong with an action before any event comes. A value that holds expressions is left alone.
final class ActionCheck {
    private static final Set<String> OPERATIONS = Set.of("create", "apply", "patch", "update", "delete");
    private static final Set<String> PATCHES = Set.of("merge", "json", "strategic");
    private static final Set<String> WORKFLOW_OPERATIONS = Set.of("submit", "resubmit", "suspend", "resume", "stop",
            "terminate");

    private final FieldCheck fields = new FieldCheck();

    private ActionCheck() {}

    /// The problems, each beginning with the field below the action's own: `.url is missing…`.
    static List<String> of(ActionKind kind) {
        var check = new ActionCheck();
        switch (kind) {
            case KubernetesAction kubernetes -> check.kubernetes(kubernetes);
            case HttpAction http -> check.http(http);
            case CloudEventAction event -> check.cloudEvent(event);
            case PublishAction publish -> check.publish(publish);
            case LogAction log -> check.fields.range(".intervalSeconds", log.intervalSeconds(), 0, 86_400);
            case NotifyAction message -> check.message(message);
            case JobAction job -> check.job(job);
            case FunctionAction function -> check.function(function);
            case BumpApplicationRevisionAction bump -> check.bump(bump);
            case RecordEventAction record -> check.fields.range(".limit", record.limit(), 1, 100);
            case WorkflowAction workflow -> check.workflow(workflow);
            case PluginAction plugin -> check.plugin(plugin);
            case ExecAction exec -> check.exec(exec);
        }
        return check.fields.problems();
    }

    private void kubernetes(KubernetesAction action) {
        if (action.object() == null || action.object().isNull()) {
            fields.problem(".object",
                    "is missing: write the object, or at least its apiVersion, kind and metadata.name");
        } else if (action.object().isObject()) {
            for (var field : List.of("apiVersion", "kind", "metadata")) {
                if (!action.object().has(field)) {
                    fields.problem(".object." + field, "is missing");
                }
            }
        } else if (!FieldCheck.isComputed(action.object())) {
            fields.problem(".object", "must be an object, or one expression that gives one");
        }
        fields.oneOf(".operation", action.operation(), OPERATIONS);
        if (action.pruneBy() != null && !Boolean.TRUE.equals(action.prune())) {
            fields.problem(".pruneBy", "is of no use without prune: true");
        }
        if (action.patch() == null) {
            return;
        }
        fields.oneOf(".patch.type", action.patch().type(), PATCHES);
        if (action.operation() != null && !FieldCheck.isComputed(action.operation())
                && !action.operation().equals("patch")) {
            fields.problem(".patch", "is of no use: operation is " + action.operation());
        }
        var data = action.patch().data();
        boolean operations = "json".equals(action.patch().type());
        if (operations && (data == null || data.isNull())) {
            fields.problem(".patch.data", "is missing: write a list of operations");
        } else if (data != null && !data.isNull() && !FieldCheck.isComputed(data)
                && !(operations ? data.isArray() : data.isObject())) {
            fields.problem(".patch.data", operations ? "must be a list of operations" : "must be an object");
        }
    }

    private void http(HttpAction action) {
        fields.url(".url", action.url());
        var method = action.method();
        if (method != null && !FieldCheck.isComputed(method) && !method.matches("[A-Z]{1,20}")) {
            fields.problem(".method", "'" + method + "' must be a method in upper case, such as POST");
        }
        if (action.headers() != null) {
            for (var name : action.headers().keySet()) {
                fields.headerName(".headers", name);
            }
        }
        fields.secretHeaders(".secretHeaders", action.secretHeaders());
        fields.auth(".auth", action.auth());
        fields.tls(".tls", action.tls());
        fields.timeout(".timeout", action.timeout());
        if (action.successCodes() != null) {
            for (var code : action.successCodes()) {
                if (code < 200 || code > 599) {
                    fields.problem(".successCodes", code + " is no final status code: 200 to 599");
                }
            }
        }
    }

    private void publish(PublishAction action) {
        var nats = action.nats();
        var kafka = action.kafka();
        if ((nats == null) == (kafka == null)) {
            fields.problem("",
                    nats == null ? "is empty: write nats or kafka" : "has both nats and kafka: write one of them");
        }
        if (nats != null) {
            fields.present(".nats.url", nats.url());
            fields.present(".nats.subject", nats.subject());
            fields.timeout(".nats.timeout", nats.timeout());
        }
        if (kafka != null) {
            if (kafka.bootstrapServers() == null || kafka.bootstrapServers().isEmpty()) {
                fields.problem(".kafka.bootstrapServers", "is missing");
            }
            fields.present(".kafka.topic", kafka.topic());
            fields.timeout(".kafka.timeout", kafka.timeout());
        }
    }

    private void cloudEvent(CloudEventAction action) {
        fields.url(".url", action.url());
        fields.oneOf(".mode", action.mode(), Set.of("binary", "structured"));
        fields.secretHeaders(".secretHeaders", action.secretHeaders());
        fields.auth(".auth", action.auth());
        fields.tls(".tls", action.tls());
        fields.timeout(".timeout", action.timeout());
        for (var name : Objects.requireNonNullElse(action.extensions(), Map.<String, String>of()).keySet()) {
            if (!FieldCheck.isComputed(name) && !name.matches("[a-z0-9]{1,20}")) {
                fields.problem(".extensions", "'" + name + "' must be at most 20 lower-case letters and digits");
            }
        }
    }

    private void message(NotifyAction action) {
        fields.exactlyOne("", List.of("slack", "telegram", "dingtalk", "email"),
                List.of(action.slack() != null, action.telegram() != null, action.dingtalk() != null,
                        action.email() != null));
        if (action.slack() != null) {
            slack(action.slack());
        }
        if (action.telegram() != null) {
            telegram(action.telegram());
        }
        if (action.dingtalk() != null) {
            dingTalk(action.dingtalk());
        }
        if (action.email() != null) {
            email(action.email());
        }
    }

    private void email(EmailMessage email) {
        fields.present(".email.host", email.host());
        fields.range(".email.port", email.port(), 1, 65535);
        fields.oneOf(".email.tls", email.tls(), Set.of("starttls", "tls", "none"));
        if (email.caSecret() != null) {
            fields.secret(".email.caSecret", email.caSecret());
        }
        if ((email.user() == null) != (email.passwordSecret() == null)) {
            fields.problem(".email", "has one of user and passwordSecret: write both or none");
        } else if (email.passwordSecret() != null) {
            fields.secret(".email.passwordSecret", email.passwordSecret());
            if ("none".equals(email.tls())) {
                fields.problem(".email.tls", "none would send the password for all to read: write starttls or tls");
            }
        }
        fields.present(".email.from", email.from());
        if (Objects.requireNonNullElse(email.to(), List.<String>of()).isEmpty()) {
            fields.problem(".email.to", "is empty: write the recipients");
        }
        if (email.subject() == null && email.text() == null) {
            fields.problem(".email", "says nothing: write subject or text");
        }
        fields.timeout(".email.timeout", email.timeout());
    }

    private void slack(SlackMessage slack) {
        fields.exactlyOne(".slack", List.of("webhook", "token"),
                List.of(slack.webhook() != null, slack.token() != null));
        if (slack.webhook() != null) {
            fields.secret(".slack.webhook", slack.webhook());
        }
        if (slack.token() != null) {
            fields.secret(".slack.token", slack.token());
            fields.present(".slack.channel", slack.channel());
        }
        if (slack.blocks() == null) {
            fields.present(".slack.text", slack.text());
        }
        optionalUrl(".slack.apiUrl", slack.apiUrl());
    }

    private void telegram(TelegramMessage telegram) {
        fields.secret(".telegram.token", telegram.token());
        fields.present(".telegram.chatId", telegram.chatId());
        fields.present(".telegram.text", telegram.text());
        fields.oneOf(".telegram.parseMode", telegram.parseMode(), Set.of("MarkdownV2", "HTML", "Markdown"));
        optionalUrl(".telegram.apiUrl", telegram.apiUrl());
    }

    private void dingTalk(DingTalkMessage dingTalk) {
        fields.secret(".dingtalk.webhook", dingTalk.webhook());
        if (dingTalk.signingSecret() != null) {
            fields.secret(".dingtalk.signingSecret", dingTalk.signingSecret());
        }
        fields.present(".dingtalk.text", dingTalk.text());
    }

    private void optionalUrl(String field, @Nullable String url) {
        if (url != null) {
            fields.url(field, url);
        }
    }

    private void job(JobAction action) {
        fields.present(".image", action.image());
        fields.oneOf(".restartPolicy", action.restartPolicy(), Set.of("Never", "OnFailure"));
        fields.range(".ttlSecondsAfterFinished", action.ttlSecondsAfterFinished(), 0, Integer.MAX_VALUE);
        fields.range(".backoffLimit", action.backoffLimit(), 0, Integer.MAX_VALUE);
        fields.range(".activeDeadlineSeconds", action.activeDeadlineSeconds(), 1, Integer.MAX_VALUE);
    }

    private void function(FunctionAction action) {
        if (Objects.requireNonNullElse(action.selector(), Map.<String, String>of()).isEmpty()) {
            fields.problem(".selector", "is empty: it would choose every Service of the namespace");
        }
        fields.timeout(".timeout", action.timeout());
    }

    private void bump(BumpApplicationRevisionAction action) {
        if (action.nameSelector() != null) {
            fields.exactlyOne(".nameSelector", List.of("fromLabel", "matchingLabels"),
                    List.of(action.nameSelector().fromLabel() != null, action.nameSelector().matchingLabels() != null));
        }
    }

    private void workflow(WorkflowAction action) {
        var operation = Objects.requireNonNullElse(action.operation(), "submit");
        if (operation.equals("retry")) {
            fields.problem(".operation", "retry is done by Argo's server: post to it with an action of kind http");
            return;
        }
        fields.oneOf(".operation", operation, WORKFLOW_OPERATIONS);
        if (operation.equals("submit")) {
            var source = Objects.requireNonNullElse(action.source(), NullNode.getInstance());
            fields.exactlyOne("", List.of("source", "from"), List.of(!source.isNull(), action.from() != null));
            if (action.from() != null) {
                fields.oneOf(".from.kind", action.from().kind(),
                        Set.of("WorkflowTemplate", "ClusterWorkflowTemplate", "CronWorkflow"));
                fields.present(".from.name", action.from().name());
            }
        } else if (!FieldCheck.isComputed(operation)) {
            fields.present(".name", action.name());
        }
    }

    private void plugin(PluginAction action) {
        fields.exactlyOne("", List.of("type", "url"), List.of(action.type() != null, action.url() != null));
        if (action.url() != null) {
            fields.url(".url", action.url());
            fields.timeout(".timeout", action.timeout());
        } else if (action.type() != null) {
            var type = PluginTypes.find(action.type());
            if (type.isEmpty()) {
                fields.problem(".type", "'" + action.type() + "' is no action that a plug-in brings; there is "
                        + (PluginTypes.names().isEmpty() ? "none" : String.join(", ", PluginTypes.names())));
            } else {
                type.get().problems(Objects.requireNonNullElse(action.spec(), NullNode.getInstance()))
                        .forEach(problem -> fields.problem(".spec", problem));
            }
        }
    }

    private void exec(ExecAction action) {
        if (Objects.requireNonNullElse(action.command(), List.<String>of()).isEmpty()) {
            fields.problem(".command", "is empty: write the program and its arguments");
        }
        fields.timeout(".timeout", action.timeout());
    }
}
