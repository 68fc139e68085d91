package dev.bellhop.listener.outlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedUrlsTest {
    private final AllowedUrls listed = new AllowedUrls(List.of("https://Example.com/hooks/", "http://10.0.0.1:8080/"));
    private final AllowedUrls open = new AllowedUrls(List.of());

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/hooks/", "https://example.com/hooks/a?b=c",
            "HTTPS://EXAMPLE.com/hooks/x",
            "http://10.0.0.1:8080", "http://10.0.0.1:8080/x"})
    void whatTheAdminNamedMayBeAsked(String url) {
        assertThat(listed.objection(URI.create(url), url)).isEmpty();
        assertThat(listed.isNamed(URI.create(url))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/", "http://example.com/hooks/", "https://example.com.evil.org/hooks/",
            "https://example.com/hooks/../admin", "https://example.com/hooks/%2e%2E/admin",
            "https://example.com/hooks/.", "https://example.com/hooks/%5c..%5cadmin", "https://example.com:444/hooks/",
            "http://10.0.0.1:80801/", "https://u@example.com/hooks/", "file:///x", "https:///hooks/"})
    void nothingElseMay(String url) {
        assertThat(listed.objection(URI.create(url), url)).isPresent();
    }

    @Test
    void withoutAListEveryHostMayBeAskedIfItsAddressMay() {
        assertThat(open.objection(URI.create("http://anywhere.example/"), "it")).isEmpty();
        assertThat(open.isNamed(URI.create("http://anywhere.example/"))).isFalse();
        assertThat(open.objection(URI.create("http://a:b@anywhere.example/"), "it")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3", "::1", "::", "169.254.169.254", "fe80::1",
            "224.0.0.1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "::7f00:1",
            "100.100.100.200", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254"})
    void addressesOfTheListenersOwnHostAndMachineAreNotOutside(String address) throws UnknownHostException {
        assertThat(AllowedUrls.isOutside(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "192.168.1.1", "172.20.0.1", "8.8.8.8", "2001:db8::1", "fd12::1"})
    void allOthersAre(String address) throws UnknownHostException {
        assertThat(AllowedUrls.isOutside(InetAddress.getByName(address))).isTrue();
    }
}
