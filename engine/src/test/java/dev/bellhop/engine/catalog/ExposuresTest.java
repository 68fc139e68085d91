package dev.bellhop.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.catalog.Exposures.Found;
import dev.bellhop.engine.catalog.Exposures.Standing;
import dev.bellhop.engine.source.SourceTypes;
import dev.bellhop.engine.trigger.TriggerCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is reached at which host and path, when several want one.
class ExposuresTest {
    private static final ObjectName SHARED = new ObjectName("door", "shared");
    private static final String LISTENER = """
            kind: EventListener
            metadata: {namespace: door, name: shared}
            spec: {namespaceSelector: {matchNames: ["*"]}}
            """;
    private static final String EXPOSED_LISTENER = """
            kind: EventListener
            metadata: {namespace: door, name: shared, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {namespaceSelector: {matchNames: ["*"]}, expose: {host: hooks.example.com, path: /in}}
            """;
    private static final String TEAM = namespace("team", "hooks.example.com");
    private static final String OTHER = namespace("other", "hooks.example.com");

    @ParameterizedTest
    @CsvSource(textBlock = """
            hooks.example.com,      /echo
            hooks.example.com,      /echo/
            hooks.example.com:8443, /echo
            Hooks.EXAMPLE.com,      /echo
            """)
    void aTriggerIsReachedAtItsPlace(String host, String path) {
        var exposures = exposures(LISTENER, TEAM, trigger("team", "push", "/echo", 1));
        assertThat(exposures.find(host, path))
                .contains(new Found(SHARED, Optional.of(new ObjectName("team", "push")), ""));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            hooks.example.com,   /
            hooks.example.com,   /echo/more
            hooks.example.com,   //echo
            hooks.example.com,   /Echo
            other.example.com,   /echo
            a.hooks.example.com, /echo
            '',                  /echo
            """)
    void aTriggerIsReachedNowhereElse(String host, String path) {
        assertThat(exposures(LISTENER, TEAM, trigger("team", "push", "/echo", 1)).find(host, path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            /in,         ''
            /in/,        ''
            /in/team,    /team
            /in/team/,   /team
            """)
    void anEventListenerIsReachedWithTheNamespacesBelowIt(String path, String rest) {
        var exposures = exposures(EXPOSED_LISTENER, namespace("door", "hooks.example.com/in"));
        assertThat(exposures.find("hooks.example.com", path)).contains(new Found(SHARED, Optional.empty(), rest));
        assertThat(exposures.find("hooks.example.com", path + "/deeper/still")).isEmpty();
    }

    @Test
    void aWholeHostMayBeExposed() {
        var exposures = exposures(LISTENER, TEAM, trigger("team", "push", "/", 1));
        assertThat(exposures.find("hooks.example.com", "/")).isPresent();
        assertThat(exposures.find("hooks.example.com", "/x")).isEmpty();
    }

    @Test
    void withoutPermissionNothingIsExposed() {
        var exposures = exposures(LISTENER, trigger("team", "push", "/echo", 1));
        assertDenied(exposures, "push", "HostNotAllowed", "namespace team may not use hooks.example.com/echo: "
                + "an admin can allow it by the annotation bellhop.dev/allowed-hosts of the Namespace");
        assertThat(exposures.find("hooks.example.com", "/echo")).isEmpty();
    }

    @Test
    void whoeverMayUseAnotherHostIsToldWhich() {
        assertDenied(exposures(LISTENER, namespace("team", "*.team.example.com"), trigger("team", "push", "/echo", 1)),
                "push", "HostNotAllowed", "may not use hooks.example.com/echo, but *.team.example.com");
    }

    @Test
    void theOlderOfTwoHasThePlace() {
        var exposures = exposures(LISTENER, TEAM, OTHER, trigger("team", "push", "/echo", 2),
                trigger("other", "push", "/echo", 1));
        assertThat(exposures.find("hooks.example.com", "/echo"))
                .contains(new Found(SHARED, Optional.of(new ObjectName("other", "push")), ""));
        assertDenied(exposures, "push", "PathTaken",
                "hooks.example.com/echo is taken by an object of another namespace, which is older");
    }

    @Test
    void aNeighbourIsNamed() {
        assertDenied(exposures(LISTENER, TEAM, trigger("team", "push", "/echo", 2), trigger("team", "tag", "/echo", 1)),
                "push", "PathTaken", "is taken by Trigger tag, which is older");
    }

    @Test
    void whoeverMayNotUseAPlaceDoesNotKeepOthersOut() {
        var exposures = exposures(LISTENER, TEAM, trigger("team", "push", "/echo", 2),
                trigger("other", "push", "/echo", 1));
        assertThat(exposures.find("hooks.example.com", "/echo").orElseThrow().trigger())
                .contains(new ObjectName("team", "push"));
    }

    @Test
    void nobodyTakesTheEventsOfAnotherNamespaceFromAnEventListener() {
        var exposures = exposures(EXPOSED_LISTENER, namespace("door", "hooks.example.com"), TEAM, OTHER,
                trigger("other", "unexposed", "", 1), trigger("team", "push", "/in/other", 2));
        assertDenied(exposures, "push", "PathTaken", "hooks.example.com/in/other is where an object of another "
                + "namespace has the Triggers of namespace other: choose another path");
        assertThat(exposures.find("hooks.example.com", "/in/other"))
                .contains(new Found(SHARED, Optional.empty(), "/other"));
    }

    @Test
    void belowAnEventListenerThereMayBePlacesOfTheirOwn() {
        var exposures = exposures(EXPOSED_LISTENER, namespace("door", "hooks.example.com"), TEAM,
                trigger("team", "push", "/in/echo", 2));
        assertThat(exposures.find("hooks.example.com", "/in/echo").orElseThrow().trigger()).isPresent();
    }

    @Test
    void aTriggerThatNoEventListenerServesIsNotExposed() {
        assertDenied(exposures(TEAM, trigger("team", "push", "/echo", 1)), "push", "NotSelected",
                "no EventListener serves this Trigger");
    }

    @Test
    void anExternalUrlExcludesBeingExposed() {
        var exposures = exposures(EXPOSED_LISTENER.replace("expose:", "externalUrl: 'https://x.example.com', expose:"),
                namespace("door", "*"));
        assertThat(exposures.ofListener(SHARED)).containsInstanceOf(Standing.Denied.class);
    }

    private static void assertDenied(Exposures exposures, String trigger, String reason, String message) {
        assertThat(exposures.ofTrigger(new ObjectName("team", trigger)).orElseThrow())
                .isInstanceOfSatisfying(Standing.Denied.class, denied -> {
                    assertThat(denied.problems()).singleElement().satisfies(problem -> {
                        assertThat(problem.reason().name()).isEqualTo(reason);
                        assertThat(problem.message()).contains(message);
                    });
                });
    }

    private static Exposures exposures(String... objects) {
        return new CatalogCompiler(new TriggerCompiler(), SourceTypes.NONE).compile(Cluster.of(objects).objects())
                .exposures();
    }

    private static String namespace(String name, String hosts) {
        return """
                kind: Namespace
                metadata: {name: %s, annotations: {bellhop.dev/allowed-hosts: '%s'}}
                """.formatted(name, hosts);
    }

    /// A Trigger as old as `day` says; without a `path`, one that is not exposed.
    private static String trigger(String namespace, String name, String path, int day) {
        return """
                kind: Trigger
                metadata: {namespace: %s, name: %s, creationTimestamp: "2026-02-0%dT00:00:00Z"}
                spec:
                  template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: x-}}]}}
                  %s
                """
                .formatted(namespace, name, day,
                        path.isEmpty() ? "" : "expose: {host: hooks.example.com, path: " + path + "}");
    }
}
