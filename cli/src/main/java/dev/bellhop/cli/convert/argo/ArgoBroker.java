package dev.bellhop.cli.convert.argo;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.convert.draft.Fields;

/// The `nats` and `kafka` events of an EventSource, and the messages that triggers of these kinds send.
final class ArgoBroker {
    private ArgoBroker() {}

    static SourceKind nats(Fields fields) {
        var spec = JsonNodeFactory.instance.objectNode();
        fields.text("url").ifPresent(url -> spec.put("url", url));
        fields.text("subject").ifPresent(subject -> spec.put("subject", subject));
        fields.text("queue").ifPresent(queue -> spec.put("queue", queue));
        fields.object("auth").ifPresent(auth -> auth(auth, spec));
        tls(fields, spec);
        fields.needless("connectionBackoff");
        spec.put("cloudEvents", "off");
        return new SourceKind.Sourced("nats", spec, Optional.empty());
    }

    private static void auth(Fields auth, ObjectNode spec) {
        auth.object("basic").ifPresent(basic -> {
            basic.object("username").ifPresent(user -> {
                user.takeAll();
                user.report().lost(user.path(), user.whole(),
                        "the user's name is no secret here: write it as nats.auth.user");
            });
            basic.object("password").ifPresent(secret -> secret(secret, spec, "/auth/passwordSecret"));
        });
        auth.object("token").ifPresent(secret -> secret(secret, spec, "/auth/tokenSecret"));
        auth.object("nkey").ifPresent(secret -> secret(secret, spec, "/auth/nkeySecret"));
        auth.object("credential").ifPresent(secret -> secret(secret, spec, "/auth/credentialsSecret"));
    }

    static SourceKind kafka(Fields fields) {
        var spec = JsonNodeFactory.instance.objectNode();
        servers(fields, spec);
        fields.text("topic").ifPresent(topic -> spec.putArray("topics").add(topic));
        fields.object("consumerGroup").ifPresent(group -> {
            group.text("groupName").ifPresent(name -> spec.put("group", name));
            if (group.flag("oldest")) {
                spec.put("offsetReset", "earliest");
            }
            group.needless("rebalanceStrategy");
        });
        fields.text("partition").ifPresent(partition -> fields.report().check(fields.path("partition"), partition,
                "all partitions of the topic are read; the event's is event.partition"));
        sasl(fields, spec);
        tls(fields, spec);
        fields.needless("version", "connectionBackoff");
        fields.lost("limitEventsPerSecond",
                "set limits.eventsPerSecond of the Triggers: the source waits when it is reached");
        spec.put("cloudEvents", "off");
        return new SourceKind.Sourced("kafka", spec, Optional.empty());
    }

    /// A message of a trigger of kind `nats`, without its body.
    static ObjectNode natsMessage(Fields fields) {
        var message = JsonNodeFactory.instance.objectNode();
        fields.text("url").ifPresent(url -> message.put("url", url));
        fields.text("subject").ifPresent(subject -> message.put("subject", subject));
        message.put("jetStream", false);
        fields.object("auth").ifPresent(auth -> auth(auth, message));
        tls(fields, message);
        return message;
    }

    /// A record of a trigger of kind `kafka`, without its value.
    static ObjectNode kafkaMessage(Fields fields) {
        var message = JsonNodeFactory.instance.objectNode();
        servers(fields, message);
        fields.text("topic").ifPresent(topic -> message.put("topic", topic));
        fields.text("partitioningKey").ifPresent(key -> message.put("key", key));
        fields.object("headers").ifPresent(headers -> message.set("headers", headers.whole()));
        sasl(fields, message);
        tls(fields, message);
        // A record counts when all replicas in sync have it; it is neither held back nor compressed.
        fields.needless("version", "requiredAcks", "compress", "flushFrequency");
        fields.lost("partition", "the key decides on the partition: write one");
        fields.lost("schemaRegistry", "values are sent as JSON or as text");
        return message;
    }

    private static void servers(Fields fields, ObjectNode spec) {
        fields.text("url").ifPresent(url -> Arrays.stream(url.split(",", -1)).map(String::strip)
                .forEach(spec.putArray("bootstrapServers")::add));
    }

    private static void sasl(Fields fields, ObjectNode spec) {
        fields.object("sasl").ifPresent(sasl -> {
            var ours = spec.withObject("/sasl");
            ours.put("mechanism", sasl.text("mechanism").orElse("PLAIN"));
            sasl.object("userSecret").ifPresent(user -> user.report().lost(user.path(), user.whole(),
                    "the user's name is no secret here: write it as kafka.sasl.user"));
            sasl.object("passwordSecret").ifPresent(secret -> secret(secret, spec, "/sasl/passwordSecret"));
        });
    }

    private static void tls(Fields fields, ObjectNode spec) {
        fields.object("tls").ifPresent(tls -> {
            spec.withObject("/tls");
            tls.object("caCertSecret").ifPresent(secret -> secret(secret, spec, "/tls/caSecret"));
            tls.lost("insecureSkipVerify", "certificates are always checked: name the authority in tls.caSecret");
            for (var client : List.of("clientCertSecret", "clientKeySecret")) {
                tls.lost(client,
                        "put both into one Secret of type kubernetes.io/tls and name it in tls.clientSecretName");
            }
        });
    }

    private static void secret(Fields secret, ObjectNode spec, String pointer) {
        spec.withObject(pointer).put("secretName", secret.text("name").orElse("")).put("secretKey",
                secret.text("key").orElse(""));
    }
}
