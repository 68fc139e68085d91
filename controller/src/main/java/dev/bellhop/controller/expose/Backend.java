package dev.bellhop.controller.expose;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.bellhop.api.ObjectName;

/// The shared listener, as a gateway reaches it.
///
/// @param service the Service behind `host`, when the name says which it is
public record Backend(String host, int port, Optional<ObjectName> service) {
    private static final Pattern SERVICE = Pattern.compile("([a-z0-9-]+)\\.([a-z0-9-]+)\\.svc(\\..*)?");
    private static final Pattern IP = Pattern.compile("[0-9.]+|\\[.*]");

    /// The listener under a URL such as `http://bellhop-listener.bellhop-system.svc.cluster.local`.
    public static Backend of(String url) {
        var uri = URI.create(url);
        var host = uri.getHost();
        var service = SERVICE.matcher(host);
        int port = uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
        return new Backend(host, port, service.matches()
                ? Optional.of(new ObjectName(service.group(2), service.group(1)))
                : Optional.empty());
    }

    /// Whether a Service of type ExternalName can stand for it.
    boolean hasName() {
        return !IP.matcher(host).matches();
    }

    /// Whether its Service is in `namespace`.
    boolean isIn(String namespace) {
        return service.isPresent() && service.get().namespace().equals(namespace);
    }
}
