package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.engine.event.Event;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What anybody may send or write never breaks anything and never counts as a proof.
class HostileInputTest {
    @Property
    void noMadeUpHeadersProveASender(@ForAll("presets") String preset, @ForAll("headerValues") String signature,
            @ForAll("headerValues") String time, @ForAll("headerValues") String id) {
        var scheme = Presets.find(preset).orElseThrow().scheme();
        var headers = new HashMap<String, String>();
        scheme.neededHeaders().forEach(name -> headers.put(name, time));
        scheme.idHeader().ifPresent(name -> headers.put(name, id));
        headers.put(scheme.header(), signature);
        var interceptor = Given.interceptor("hmac", """
                {"preset": "%s", "secretRef": {"secretName": "webhook", "secretKey": "token"}}""".formatted(preset));
        Event event = Given.event("{}", headers);
        assertThat(interceptor.intercept(event, Given.extensions(), Given.SECRETS))
                .isNotInstanceOf(Decision.Continue.class);
    }

    @Property
    void everyOverlayKeyIsRefusedOrPutsTheValueSomewhere(@ForAll("keys") String source) {
        if (OverlayKey.parse(source) instanceof OverlayKey.Parsed.Sound(var key)) {
            var root = Given.json("{}");
            assertThat(key.set(root, TextNode.valueOf("v"))).isEmpty();
            assertThat(root.toString()).containsOnlyOnce("\"v\"");
        }
    }

    @Provide
    Arbitrary<String> presets() {
        return Arbitraries.of(Presets.all().keySet());
    }

    @Provide
    Arbitrary<String> headerValues() {
        var pieces = Arbitraries.of("sha256=", "sha1=", "v1=", "v0=", "v1,", "t=", "ts=", "h1=", ",", ";", " ", "=",
                "00",
                "AAAA", "-", "1767323045", "9223372036854775807", "é", "\u0000");
        return pieces.list().ofMaxSize(8).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<String> keys() {
        var pieces = Arbitraries.of("a", "b", ".", "\\", ":", "-1", "0", "12", "999", "9999999999", "*", "é", " ");
        return pieces.list().ofMinSize(1).ofMaxSize(8).map(list -> String.join("", list));
    }
}
