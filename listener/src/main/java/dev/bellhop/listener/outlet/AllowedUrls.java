package dev.bellhop.listener.outlet;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Where Triggers may have requests sent. With beginnings of URLs from the admin, there and nowhere else; without, anywhere but
/// to addresses that mean the listener's own host or the machine it runs on, such as a cloud's metadata service.
public final class AllowedUrls {
    /// Metadata services that are not at a link-local address.
    private static final Set<String> METADATA = Set.of("100.100.100.200", "168.63.129.16", "192.0.0.192",
            "fd00:ec2:0:0:0:0:0:254", "fd20:ce:0:0:0:0:0:254");

    private final List<String> prefixes;

    /// `prefixes` are beginnings of URLs, each with its host's slash.
    public AllowedUrls(List<String> prefixes) {
        this.prefixes = prefixes.stream().map(AllowedUrls::lowerHost).toList();
    }

    /// What is wrong with `url` itself; empty when it may be asked, if its address may.
    Optional<String> objection(Outgoing request) {
        return request.own() ? Optional.empty() : objection(request.url(), request.shown());
    }

    /// The same; people are shown the URL as `shown`.
    Optional<String> objection(URI url, String shown) {
        var scheme = Objects.requireNonNullElse(url.getScheme(), "");
        if (!Set.of("http", "https").contains(scheme.toLowerCase(Locale.ROOT)) || url.getHost() == null) {
            return Optional.of("'" + shown + "' is no http or https URL with a host");
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("the URL holds a user; write auth");
        }
        if (prefixes.isEmpty()) {
            return Optional.empty();
        }
        return isNamed(url)
                ? Optional.empty()
                : Optional.of("the admin does not allow " + shown
                        + " (--action-url of the listener)");
    }

    /// Why no mail may be handed to `server`, such as `smtp://mail.example.com:587/`; empty when it may, if its address may.
    Optional<String> objectionToMail(URI server) {
        return prefixes.isEmpty() || isNamed(server)
                ? Optional.empty()
                : Optional.of("the admin does not allow " + server + " (--action-url of the listener)");
    }

    /// Whether the admin named it.
    boolean isNamed(URI url) {
        var path = Objects.requireNonNullElse(url.getRawPath(), "");
        var text = lowerHost(url.toString() + (path.isEmpty() ? "/" : ""));
        // Where a server takes such segments away, the URL is another than the one that is compared.
        boolean climbs = path.toLowerCase(Locale.ROOT).replace("%2e", ".").matches("(.*/)?\\.{1,2}(/.*)?")
                || path.contains("\\") || path.toLowerCase(Locale.ROOT).contains("%5c");
        return !climbs && prefixes.stream().anyMatch(text::startsWith);
    }

    /// Whether `address` may be connected to for a URL that nobody named.
    static boolean isOutside(InetAddress address) {
        var plain = unmapped(address);
        return !plain.isLoopbackAddress() && !plain.isLinkLocalAddress() && !plain.isAnyLocalAddress()
                && !plain.isMulticastAddress() && !METADATA.contains(plain.getHostAddress())
                && !isThisNetwork(plain);
    }

    /// 0.0.0.0/8 is this host on many systems.
    private static boolean isThisNetwork(InetAddress address) {
        return address instanceof Inet4Address && address.getAddress()[0] == 0;
    }

    /// The IPv4 address within an IPv6 one that stands for it: compatible (`::a.b.c.d`) and NAT64; Java itself unwraps mapped
    /// ones.
    private static InetAddress unmapped(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != 16) {
            return address;
        }
        boolean compatible = true;
        for (int i = 0; i < 12; i++) {
            compatible &= bytes[i] == 0;
        }
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && bytes[2] == (byte) 0xff && bytes[3] == (byte) 0x9b;
        if ((!compatible && !nat64) || address.isAnyLocalAddress() || address.isLoopbackAddress()) {
            return address;
        }
        try {
            return InetAddress.getByAddress(new byte[]{bytes[12], bytes[13], bytes[14], bytes[15]});
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /// Scheme and host in lower case, as they are compared.
    private static String lowerHost(String url) {
        int authority = url.indexOf("://");
        int path = authority < 0 ? -1 : url.indexOf('/', authority + 3);
        int end = path < 0 ? url.length() : path;
        return url.substring(0, end).toLowerCase(Locale.ROOT) + url.substring(end);
    }
}
