package dev.bellhop.engine.expose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedHostsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hooks.example.com                 | hooks.example.com  | /echo    | true
            hooks.example.com                 | hooks.example.com  | /        | true
            Hooks.Example.com                 | hooks.example.com  | /        | true
            hooks.example.com                 | other.example.com  | /        | false
            hooks.example.com                 | a.hooks.example.com| /        | false
            hooks.example.com/team-a          | hooks.example.com  | /team-a  | true
            hooks.example.com/team-a/         | hooks.example.com  | /team-a/x| true
            hooks.example.com/team-a          | hooks.example.com  | /team-ab | false
            hooks.example.com/team-a          | hooks.example.com  | /        | false
            *.team-a.example.com              | x.team-a.example.com   | /    | true
            *.team-a.example.com              | x.y.team-a.example.com | /    | true
            *.team-a.example.com              | team-a.example.com     | /    | false
            *.team-a.example.com              | xteam-a.example.com    | /    | false
            *                                 | anything.example.com   | /x   | true
            */hooks                           | anything.example.com   | /x   | false
            a.example.com, b.example.com      | b.example.com          | /    | true
            'a.example.com b.example.com'     | b.example.com          | /    | true
            ''                                | a.example.com          | /    | false
            """)
    void allowsAtAndBelowWhatTheAnnotationSays(String annotation, String host, String path, boolean allowed) {
        assertThat(AllowedHosts.of(Map.of(AllowedHosts.ANNOTATION, annotation)).allow(Place.of(host, path)))
                .isEqualTo(allowed);
    }

    @Test
    void withoutTheAnnotationNothingIsAllowed() {
        assertThat(AllowedHosts.of(Map.of()).allow(Place.of("a.example.com", "/"))).isFalse();
    }
}
