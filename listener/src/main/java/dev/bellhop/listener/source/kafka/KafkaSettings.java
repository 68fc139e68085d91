package dev.bellhop.listener.source.kafka;

import java.util.List;
import java.util.Optional;

import dev.bellhop.api.KafkaSourceSpec;
import dev.bellhop.listener.broker.FieldChecks;
import dev.bellhop.listener.broker.kafka.KafkaAccess;

/// What a sound [KafkaSourceSpec] says, with its defaults.
///
/// @param group       empty for the default, which the EventSource's name gives
/// @param fromStart   whether a group begins with what is there already
/// @param cloudEvents whether records that are CloudEvents are unwrapped
record KafkaSettings(KafkaAccess access, List<String> topics, Optional<String> group, boolean fromStart,
        boolean cloudEvents) {
    private static final int LONGEST_TOPIC = 249;

    static KafkaSettings of(KafkaSourceSpec spec, FieldChecks checks) {
        if (spec.topics().isEmpty()) {
            checks.refuse("topics", "must name a topic, such as orders");
        }
        for (int i = 0; i < spec.topics().size(); i++) {
            var topic = spec.topics().get(i);
            if (!topic.matches("[A-Za-z0-9._-]{1," + LONGEST_TOPIC + "}")) {
                checks.refuse("topics[" + i + "]",
                        "'" + topic + "' is no name of a topic: letters, digits, '.', '_' and '-'");
            }
        }
        return new KafkaSettings(KafkaAccess.of(spec.bootstrapServers(), spec.sasl(), spec.tls(), checks),
                spec.topics().stream().distinct().toList(),
                Optional.ofNullable(spec.group()).map(String::strip).filter(name -> !name.isEmpty()),
                !checks.either("offsetReset", spec.offsetReset(), "latest", "earliest"),
                checks.cloudEvents(spec.cloudEvents()));
    }
}
