package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.action.KafkaMessage;
import dev.bellhop.api.action.NatsMessage;
import dev.bellhop.api.action.PublishAction;
import dev.bellhop.engine.policy.GoDuration;
import dev.bellhop.listener.broker.AllowedBrokers;
import dev.bellhop.listener.broker.FieldChecks;
import dev.bellhop.listener.broker.SecretReader;
import dev.bellhop.listener.broker.Unreachable;
import dev.bellhop.listener.broker.kafka.KafkaAccess;
import dev.bellhop.listener.broker.kafka.KafkaPublisher;
import dev.bellhop.listener.broker.nats.NatsAccess;
import dev.bellhop.listener.broker.nats.NatsPublisher;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Effect;
import dev.bellhop.spi.action.SecretValue;
import org.jspecify.annotations.Nullable;

/// `publish`: a message to NATS or Kafka, done when the broker says that it has it.
final class PublishType extends TypedAction<PublishAction> {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final NatsPublisher nats;
    private final KafkaPublisher kafka;
    private final AllowedBrokers allowed;

    PublishType(NatsPublisher nats, KafkaPublisher kafka, AllowedBrokers allowed) {
        super("publish", "Publishes a message to NATS or Kafka.", PublishAction.class);
        this.nats = nats;
        this.kafka = kafka;
        this.allowed = allowed;
    }

    @Override
    ActionResult act(PublishAction spec, ActionContext context) throws IOException, InterruptedException {
        try {
            if (spec.nats() != null) {
                return toNats(spec.nats(), context);
            }
            return spec.kafka() == null
                    ? Failed.lasting("publish is empty: write nats or kafka")
                    : toKafka(spec.kafka(), context);
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        } catch (Unreachable e) {
            return Failed.passing(String.valueOf(e.getMessage()));
        }
    }

    private ActionResult toNats(NatsMessage message, ActionContext context) throws Unreachable, InterruptedException {
        var checks = new FieldChecks();
        var access = NatsAccess.of(message.url(), message.auth(), message.tls(), checks);
        var subject = checks.required("subject", message.subject(), "orders.created");
        if (subject.chars().anyMatch(c -> c <= ' ' || c == '*' || c == '>')) {
            checks.refuse("subject", "'" + subject + "' must hold neither white space nor wildcards");
        }
        if (!checks.problems().isEmpty()) {
            return Failed.lasting("publish.nats." + String.join("; ", checks.problems()));
        }
        var objection = allowed.objection(access.named());
        if (objection.isPresent()) {
            return Failed.lasting(objection.get());
        }
        var content = new NatsPublisher.Content(subject, headers(message.headers()), text(message.body()),
                context.idempotencyKey());
        if (Boolean.FALSE.equals(message.jetStream())) {
            nats.toSubject(context.namespace(), access, secrets(context), content, timeout(message.timeout()));
            return sent("NATS " + subject);
        }
        var place = nats.toStream(context.namespace(), access, secrets(context), content, timeout(message.timeout()));
        return sent("NATS " + subject + " (" + place + ")");
    }

    private ActionResult toKafka(KafkaMessage message, ActionContext context) throws Unreachable, InterruptedException {
        var checks = new FieldChecks();
        var access = KafkaAccess.of(Objects.requireNonNullElse(message.bootstrapServers(), List.of()), message.sasl(),
                message.tls(), checks);
        var topic = checks.required("topic", message.topic(), "orders");
        if (!checks.problems().isEmpty()) {
            return Failed.lasting("publish.kafka." + String.join("; ", checks.problems()));
        }
        var objection = allowed.objection(access.named());
        if (objection.isPresent()) {
            return Failed.lasting(objection.get());
        }
        var content = new KafkaPublisher.Content(topic, Optional.ofNullable(message.key()), headers(message.headers()),
                text(message.body()), context.idempotencyKey());
        var place = kafka.publish(context.namespace(), access, secrets(context), content, timeout(message.timeout()));
        return sent("Kafka " + topic + " (" + place + ")");
    }

    private static Done sent(String name) {
        return Done.of(Effect.outside("sent", "message", name));
    }

    /// Each Secret is read as the Trigger's ServiceAccount, every time: a connection is no way round its rights.
    private static SecretReader secrets(ActionContext context) {
        return (secret, key) -> {
            try {
                return context.secret(secret, key) instanceof SecretValue.Found(var value)
                        ? Optional.of(value)
                        : Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static Map<String, String> headers(@Nullable Map<String, String> headers) {
        return Objects.requireNonNullElse(headers, Map.of());
    }

    private static String text(@Nullable JsonNode body) {
        if (body == null || body.isNull()) {
            return "";
        }
        return body.isTextual() ? body.textValue() : body.toString();
    }

    private static Duration timeout(@Nullable String timeout) {
        return Optional.ofNullable(timeout).flatMap(GoDuration::parse).orElse(TIMEOUT);
    }
}
