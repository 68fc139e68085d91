package dev.bellhop.api;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// Where senders outside the cluster reach an EventListener or a Trigger. At most one of `ingress` and `httpRoute`; with neither
/// the admin's own gateway leads there.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExposeSpec(
        @JsonPropertyDescription("Host of the URL, such as hooks.example.com. The annotation bellhop.dev/allowed-hosts of the Namespace must allow it.") @Nullable String host,
        @JsonPropertyDescription("Path of the URL, such as /echo. Default: /, the whole host.") @Nullable String path,
        @JsonPropertyDescription("https or http, as senders see it. Default: http for an ingress without tls, otherwise https.") @Nullable String scheme,
        @JsonPropertyDescription("Make an Ingress that leads here.") @Nullable Ingress ingress,
        @JsonPropertyDescription("Make an HTTPRoute of the Gateway API that leads here.") @Nullable HttpRoute httpRoute) {

    /// An Ingress that the controller makes.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Ingress(
            @JsonPropertyDescription("What serves the Ingress; its annotations are written. Default: none, no annotations of any.") @Nullable String gateway,
            @JsonPropertyDescription("spec.ingressClassName of the Ingress. Default: the name of the gateway, or the cluster's default class if that is none.") @Nullable String className,
            @JsonPropertyDescription("Encrypt with this certificate.") @Nullable Tls tls,
            @JsonPropertyDescription("Name of a Secret of the same namespace with an htpasswd file under auth: senders must show a user and password of it. For nginx only.") @Nullable String basicAuthSecret,
            @JsonPropertyDescription("true: browsers may send from pages of any origin. For nginx only. Default: false.") @Nullable Boolean cors,
            @JsonPropertyDescription("Further annotations of the Ingress; they replace those that Bellhop writes.") Map<String, String> annotations,
            @JsonPropertyDescription("Further labels of the Ingress.") Map<String, String> labels) {

        public Ingress {
            annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
            labels = labels == null ? Map.of() : Map.copyOf(labels);
        }
    }

    /// Where the certificate comes from: exactly one of the two.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Tls(
            @JsonPropertyDescription("Name of a Secret of the same namespace with tls.crt and tls.key.") @Nullable String secretName,
            @JsonPropertyDescription("true: an ACME client such as cert-manager gets the certificate, told by the annotation kubernetes.io/tls-acme, and keeps it in the Secret NAME-tls.") @Nullable Boolean acme) {}

    /// An HTTPRoute that the controller makes.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record HttpRoute(
            @JsonPropertyDescription("The Gateways that serve the route, at least one.") List<Parent> parentRefs,
            @JsonPropertyDescription("Annotations of the HTTPRoute.") Map<String, String> annotations,
            @JsonPropertyDescription("Further labels of the HTTPRoute.") Map<String, String> labels) {

        public HttpRoute {
            parentRefs = parentRefs == null ? List.of() : List.copyOf(parentRefs);
            annotations = annotations == null ? Map.of() : Map.copyOf(annotations);
            labels = labels == null ? Map.of() : Map.copyOf(labels);
        }
    }

    /// A Gateway.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Parent(
            @JsonPropertyDescription("Name of the Gateway.") @Nullable String name,
            @JsonPropertyDescription("Namespace of the Gateway. Default: this one.") @Nullable String namespace,
            @JsonPropertyDescription("Name of one of its listeners. Default: all.") @JsonAlias("listener") @Nullable String sectionName) {}
}
