package dev.bellhop.listener.source.nats;

import java.util.Optional;

import dev.bellhop.api.NatsSourceSpec;
import dev.bellhop.listener.broker.FieldChecks;
import dev.bellhop.listener.broker.nats.NatsAccess;

/// What a sound [NatsSourceSpec] says, with its defaults.
///
/// @param subject     empty for all of a stream
/// @param queue       empty for the default, which the EventSource's name gives
/// @param stream      what is read of JetStream, if it is that
/// @param cloudEvents whether messages that are CloudEvents are unwrapped
record NatsSettings(NatsAccess access, Optional<String> subject, Optional<String> queue,
        Optional<StreamSettings> stream,
        boolean cloudEvents) {

    static NatsSettings of(NatsSourceSpec spec, FieldChecks checks) {
        var access = NatsAccess.of(spec.url(), spec.auth(), spec.tls(), checks);
        var subject = Optional.ofNullable(spec.subject()).map(String::strip).filter(text -> !text.isEmpty());
        subject.filter(text -> !isSubject(text)).ifPresent(text -> checks.refuse("subject", "'" + text
                + "' is no subject: words with dots between, where * stands for one word and a last > for the rest"));
        var queue = Optional.ofNullable(spec.queue()).filter(text -> !text.isBlank());
        if (spec.jetStream() == null) {
            checks.required("subject", spec.subject(), "orders.>");
            queue.filter(name -> name.chars().anyMatch(Character::isWhitespace))
                    .ifPresent(name -> checks.refuse("queue", "'" + name + "' must hold no white space"));
        } else if (queue.isPresent()) {
            checks.refuse("queue", "cannot be given with jetStream; its replicas share jetStream.consumer");
        }
        return new NatsSettings(access, subject, queue,
                Optional.ofNullable(spec.jetStream()).map(stream -> StreamSettings.of(stream, checks)),
                checks.cloudEvents(spec.cloudEvents()));
    }

    private static boolean isSubject(String subject) {
        var words = subject.split("\\.", -1);
        for (int i = 0; i < words.length; i++) {
            var word = words[i];
            boolean isWildcard = word.equals("*") || (word.equals(">") && i == words.length - 1);
            if (!isWildcard && (word.isEmpty()
                    || word.chars().anyMatch(c -> c <= ' ' || c == '*' || c == '>' || c == 127))) {
                return false;
            }
        }
        return true;
    }
}
