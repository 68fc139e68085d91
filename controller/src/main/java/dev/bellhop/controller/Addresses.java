package dev.bellhop.controller;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.bellhop.api.EventListener;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.catalog.Exposures;
import dev.bellhop.engine.catalog.Exposures.Standing;
import dev.bellhop.engine.catalog.Stored;

/// Where senders reach EventListeners and Triggers.
///
/// @param listenerUrl of the shared listener, under which every EventListener without an `externalUrl` has a path of its own
record Addresses(String listenerUrl) {
    Addresses {
        listenerUrl = withoutTrailingSlash(listenerUrl);
        if (!isBaseUrl(listenerUrl)) {
            throw new IllegalArgumentException(
                    "The listener's URL '" + listenerUrl
                            + "' is not a base URL: write http://host or https://host/path");
        }
    }

    /// Where all Triggers of the EventListener are reached: where it is exposed, or else inside the cluster.
    String of(Stored<EventListener> listener, Exposures exposures) {
        return exposed(exposures.ofListener(listener.name())).orElseGet(() -> unexposed(listener));
    }

    /// The URL that a `spec.expose` gives.
    static Optional<String> exposed(Optional<Standing> standing) {
        return standing.isPresent() && standing.get() instanceof Standing.Granted(var exposure)
                ? Optional.of(exposure.url())
                : Optional.empty();
    }

    private String unexposed(Stored<EventListener> listener) {
        return externalUrl(listener).filter(Addresses::isBaseUrl).map(Addresses::withoutTrailingSlash)
                .orElseGet(() -> listenerUrl + "/listeners/" + encoded(listener.name().namespace()) + "/"
                        + encoded(listener.name().name()));
    }

    /// Where `trigger` alone is reached through an EventListener at `base`.
    static String of(String base, ObjectName trigger) {
        return base + "/" + encoded(trigger.namespace()) + "?name=" + encoded(trigger.name());
    }

    /// What is wrong with the EventListener's `externalUrl`; such a URL is not used.
    static Optional<Problem> problem(Stored<EventListener> listener) {
        return externalUrl(listener).filter(url -> !isBaseUrl(url)).map(url -> new Problem(Reason.InvalidSpec,
                "spec.externalUrl '" + url
                        + "' is not a base URL: write https://host or https://host/path, without query"));
    }

    private static Optional<String> externalUrl(Stored<EventListener> listener) {
        return listener.content() instanceof Read.Understood<EventListener>(var object, var _)
                && object.getSpec() != null
                        ? Optional.ofNullable(object.getSpec().externalUrl()).filter(url -> !url.isEmpty())
                        : Optional.empty();
    }

    private static boolean isBaseUrl(String url) {
        try {
            var uri = new URI(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null
                    && uri.getRawQuery() == null && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String withoutTrailingSlash(String url) {
        int end = url.length();
        while (end > 0 && url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
