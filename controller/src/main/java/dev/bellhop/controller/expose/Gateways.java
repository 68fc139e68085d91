package dev.bellhop.controller.expose;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import dev.bellhop.api.ExposeSpec;
import dev.bellhop.engine.expose.ExposureReader;

/// What the Ingress controllers want to be told by annotations. None is asked to rewrite a path: the listener knows what is
/// exposed where.
final class Gateways {
    private static final String NGINX = "nginx.ingress.kubernetes.io/";

    private Gateways() {}

    /// The annotations of an Ingress, those that the user wrote last.
    static Map<String, String> annotations(ExposeSpec.Ingress ingress) {
        var annotations = new TreeMap<String, String>();
        boolean acme = ingress.tls() != null && Boolean.TRUE.equals(ingress.tls().acme());
        if (acme) {
            annotations.put("kubernetes.io/tls-acme", "true");
        }
        switch (Objects.requireNonNullElse(ingress.gateway(), ExposureReader.NONE)) {
            case ExposureReader.NGINX -> {
                // Its own default of 1 MiB is less than GitHub sends.
                annotations.put(NGINX + "proxy-body-size", "5m");
                if (acme) {
                    annotations.put(NGINX + "ssl-redirect", "true");
                }
                if (ingress.basicAuthSecret() != null) {
                    annotations.put(NGINX + "auth-type", "basic");
                    annotations.put(NGINX + "auth-secret", ingress.basicAuthSecret());
                }
                if (Boolean.TRUE.equals(ingress.cors())) {
                    annotations.put(NGINX + "enable-cors", "true");
                }
            }
            case "kong" -> {
                annotations.put("konghq.com/strip-path", "false");
                annotations.put("konghq.com/preserve-host", "true");
            }
            default -> {}
        }
        annotations.putAll(ingress.annotations());
        return annotations;
    }

    /// The class of an Ingress; empty for the cluster's default.
    static String className(ExposeSpec.Ingress ingress) {
        var gateway = Objects.requireNonNullElse(ingress.gateway(), ExposureReader.NONE);
        return Objects.requireNonNullElse(ingress.className(), gateway.equals(ExposureReader.NONE) ? "" : gateway);
    }
}
