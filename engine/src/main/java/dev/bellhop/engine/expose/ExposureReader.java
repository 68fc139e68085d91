package dev.bellhop.engine.expose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.bellhop.api.ExposeSpec;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import org.jspecify.annotations.Nullable;

/// Finds what is wrong with a `spec.expose`: all of it at once.
public final class ExposureReader {
    /// The Ingress controller whose annotations for passwords and CORS are known.
    public static final String NGINX = "nginx";
    /// No Ingress controller in particular.
    public static final String NONE = "none";
    /// The path under which a shared listener has all its EventListeners.
    private static final String LISTENERS = "/listeners";

    private static final Set<String> GATEWAYS = Set.of(NGINX, "traefik", "kong", NONE);
    private static final Pattern HOST = Pattern
            .compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    private static final Pattern IP = Pattern.compile("[0-9.]+");
    private static final Pattern PATH = Pattern.compile("(?=.{1,200}$)(/[A-Za-z0-9._~-]+)+/?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    /// Ours, and of the Ingress as a whole: who made it, and what of it was written.
    private static final Set<String> RESERVED = Set.of("app.kubernetes.io/managed-by", "bellhop.dev/applied");

    private final List<Problem> problems = new ArrayList<>();

    private ExposureReader() {}

    /// What became of a `spec.expose`.
    public sealed interface Read {
        /// It can be had, if its place is free and allowed.
        record Sound(Exposure exposure) implements Read {}

        /// It cannot be; at least one problem.
        record Broken(List<Problem> problems) implements Read {}
    }

    /// Reads `spec`.
    public static Read read(ExposeSpec spec) {
        return new ExposureReader().check(spec);
    }

    private Read check(ExposeSpec spec) {
        var host = Objects.requireNonNullElse(spec.host(), "");
        var path = Objects.requireNonNullElse(spec.path(), "/");
        check(HOST.matcher(host).matches() && !IP.matcher(host).matches(), "host",
                "'" + host + "' must be a name in lower case such as hooks.example.com");
        check(path.equals("/") || (PATH.matcher(path).matches()
                && Stream.of(path.split("/")).noneMatch(step -> step.equals(".") || step.equals(".."))), "path",
                "'" + path + "' must be / or such as /echo: letters, digits and -._~ between single slashes");
        check(!path.equals(LISTENERS) && !path.startsWith(LISTENERS + "/"), "path",
                "'" + path + "' is taken: the listener has its EventListeners under " + LISTENERS);
        check(spec.scheme() == null || Set.of("https", "http").contains(spec.scheme()), "scheme",
                "'" + spec.scheme() + "' must be https or http");
        check(spec.ingress() == null || spec.httpRoute() == null, "ingress", "and httpRoute exclude each other");
        if (spec.ingress() != null) {
            check(spec.ingress());
        }
        if (spec.httpRoute() != null) {
            check(spec.httpRoute());
        }
        return problems.isEmpty()
                ? new Read.Sound(new Exposure(Place.of(host, path), scheme(spec), spec))
                : new Read.Broken(List.copyOf(problems));
    }

    private static String scheme(ExposeSpec spec) {
        return spec.scheme() != null
                ? spec.scheme()
                : spec.ingress() != null && spec.ingress().tls() == null ? "http" : "https";
    }

    private void check(ExposeSpec.Ingress ingress) {
        var gateway = Objects.requireNonNullElse(ingress.gateway(), NONE);
        check(GATEWAYS.contains(gateway), "ingress.gateway",
                "'" + gateway + "' must be nginx, traefik, kong or none");
        var tls = ingress.tls();
        if (tls != null) {
            boolean acme = Boolean.TRUE.equals(tls.acme());
            check(acme == (tls.secretName() == null), "ingress.tls", acme
                    ? "acme and secretName exclude each other: with acme the certificate is kept in NAME-tls"
                    : "needs secretName, or acme: true");
            checkName("ingress.tls.secretName", tls.secretName());
        }
        checkName("ingress.basicAuthSecret", ingress.basicAuthSecret());
        var instead = switch (gateway) {
            case "kong" -> "make a KongPlugin and name it in the annotation konghq.com/plugins";
            case "traefik" -> "make a Middleware and name it in the annotation "
                    + "traefik.ingress.kubernetes.io/router.middlewares";
            default -> "say which gateway it is, or write its annotations";
        };
        check(ingress.basicAuthSecret() == null || gateway.equals(NGINX), "ingress.basicAuthSecret",
                "has no effect with gateway " + gateway + ": " + instead);
        check(!Boolean.TRUE.equals(ingress.cors()) || gateway.equals(NGINX), "ingress.cors",
                "has no effect with gateway " + gateway + ": " + instead);
        checkMetadata("ingress", ingress.annotations(), ingress.labels());
    }

    private void check(ExposeSpec.HttpRoute route) {
        check(!route.parentRefs().isEmpty(), "httpRoute.parentRefs", "names no Gateway: write [{name: …}]");
        for (int i = 0; i < route.parentRefs().size(); i++) {
            check(route.parentRefs().get(i).name() != null, "httpRoute.parentRefs[" + i + "].name", "is missing");
        }
        checkMetadata("httpRoute", route.annotations(), route.labels());
    }

    /// A snippet could make the gateway do anything, and an alias would take a host that nobody allowed.
    private void checkMetadata(String field, Map<String, String> annotations, Map<String, String> labels) {
        annotations.keySet().stream().sorted().forEach(name -> check(
                !RESERVED.contains(name) && !name.endsWith("-snippet") && !name.endsWith("/server-alias"),
                field + ".annotations", name + " may not be written here"));
        labels.keySet().stream().sorted().forEach(
                name -> check(!RESERVED.contains(name), field + ".labels", name + " may not be written here"));
    }

    private void checkName(String field, @Nullable String name) {
        check(name == null || NAME.matcher(name).matches(), field,
                "'" + name + "' must be the name of a Secret of the same namespace");
    }

    private void check(boolean holds, String field, String why) {
        if (!holds) {
            problems.add(new Problem(Reason.InvalidSpec, "spec.expose." + field + " " + why));
        }
    }
}
