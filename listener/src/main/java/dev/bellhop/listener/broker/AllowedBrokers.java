package dev.bellhop.listener.broker;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which brokers actions may publish to. With beginnings of URLs from the admin, those that are named and no others; without, any.
///
/// @param prefixes beginnings of URLs, each with its host's slash; those of brokers are `nats://host:port/` and `kafka://host:port/`
public record AllowedBrokers(List<String> prefixes) {
    public AllowedBrokers {
        prefixes = prefixes.stream().map(prefix -> prefix.toLowerCase(Locale.ROOT)).toList();
    }

    /// What is wrong with brokers, each as `nats://host:port/`; empty when they may be published to.
    public Optional<String> objection(List<String> brokers) {
        return prefixes.isEmpty()
                ? Optional.empty()
                : brokers.stream().filter(broker -> !prefixes.contains(broker.toLowerCase(Locale.ROOT))).findFirst()
                        .map(broker -> "the admin does not allow " + broker + " (--action-url of the listener)");
    }
}
