package dev.bellhop.engine.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import dev.bellhop.api.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    @ParameterizedTest
    @CsvSource({"'',''", "/,''", "/,utm=x", "/,names=x"})
    void theRootAddressesAllTriggers(String path, String query) {
        assertThat(Route.of(path, query)).isEqualTo(new Route.All());
    }

    @ParameterizedTest
    @CsvSource({"/team-a,''", "/team-a/,''", "team-a,''", "/team%2Da,''", "/team-a,other=x&names=y"})
    void aNamespaceAddressesItsTriggers(String path, String query) {
        assertThat(Route.of(path, query)).isEqualTo(new Route.InNamespace("team-a"));
    }

    @ParameterizedTest
    @CsvSource({"/team-a,name=push,push", "/team-a/,name=push,push", "/team-a,x=1&name=push&y=2,push",
            "/team-a,name=p%75sh,push", "/team-a,name=push&name=other,push", "/team-a,name=a+b,a b",
            "/team-a,name=a%2Bb,a+b", "/team-a,name=,''", "/team-a,name,''"})
    void aNameAddressesOneTrigger(String path, String query, String name) {
        assertThat(Route.of(path, query)).isEqualTo(new Route.One(new ObjectName("team-a", name)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "label=app=foo,tier!=x | true",
            "label=app%3Dfoo | true",
            "label=app | true",
            "label=app+in+(foo,bar) | true",
            "label=app%20notin%20(foo) | false",
            "label=!app | false",
            "label=app-foo | false",
            "label= | true",
            "label | true",
    })
    void aLabelAddressesTheTriggersThatHaveIt(String query, boolean matches) {
        assertThat(Route.of("/team-a", query)).isInstanceOfSatisfying(Route.Labelled.class, route -> {
            assertThat(route.namespace()).isEqualTo("team-a");
            assertThat(route.labels().matches(Map.of("app", "foo"))).isEqualTo(matches);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "///", "//team-a", "/team-a//", "/team-a/push", "/team-a/push/", "a/b"})
    void anyOtherPathLeadsNowhere(String path) {
        assertThat(Route.of(path, "")).isEqualTo(new Route.Nowhere());
        assertThat(Route.of(path, "name=push")).isEqualTo(new Route.Nowhere());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/team%2Fa", "/team+a", "/..", "/%2e%2e", "/TEAM-A"})
    void whatIsNoNamespaceIsTakenAsWrittenAndFoundNowhere(String path) {
        assertThat(Route.of(path, "")).isInstanceOfSatisfying(Route.InNamespace.class,
                route -> assertThat(route.namespace()).isNotEqualTo("team-a").isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/ | name=push | ?name= and ?label= need a namespace: POST /{namespace}?name={trigger}",
            "'' | label=app | ?name= and ?label= need a namespace: POST /{namespace}?name={trigger}",
            "/team-a | name=push&label=app | ?name= and ?label= exclude each other",
            "/team-a | label=a,, | ?label=: '' is no label selector: write key=value, key!=value, key in (a,b), key notin (a,b), key or !key",
            "/team-a | name=%zz | a percent sign in the URL is not followed by two hexadecimal digits",
            "/team-a | label=a%2 | a percent sign in the URL is not followed by two hexadecimal digits",
            "/team%-a | '' | a percent sign in the URL is not followed by two hexadecimal digits",
    })
    void tellsWhatIsWrong(String path, String query, String why) {
        assertThat(Route.of(path, query)).isEqualTo(new Route.Malformed(why));
    }

    @Test
    void aPlusInAPathIsAPlus() {
        assertThat(Route.of("/a+b", "")).isEqualTo(new Route.InNamespace("a+b"));
    }
}
