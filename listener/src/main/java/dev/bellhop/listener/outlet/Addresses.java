package dev.bellhop.listener.outlet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

import dev.bellhop.listener.outlet.Outlet.NotAllowed;
import dev.bellhop.listener.outlet.Outlet.Resolver;

/// Finds the address to connect to. A name is not looked up again, so it cannot become another in between.
record Addresses(Resolver resolver) {
    /// The address of the host of `url`, which people are shown as `shown`. One that means the listener's own host or machine
    /// only if the admin `named` the URL.
    InetAddress of(URI url, boolean named, String shown) throws NotAllowed, IOException {
        var host = url.getHost().replaceAll("^\\[|\\]$", "");
        List<InetAddress> addresses;
        try {
            addresses = resolver.resolve(host);
        } catch (UnknownHostException e) {
            throw new IOException(shown + ": there is no host " + host, e);
        }
        if (named) {
            return addresses.getFirst();
        }
        return addresses.stream().filter(AllowedUrls::isOutside).findFirst()
                .orElseThrow(() -> new NotAllowed("the address of " + host
                        + " means the listener's own host or machine; the admin has to allow it with --action-url"));
    }
}
