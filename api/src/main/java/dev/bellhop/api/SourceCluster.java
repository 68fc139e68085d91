package dev.bellhop.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// A cluster that a source reads.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SourceCluster(
        @JsonPropertyDescription("What events call it: event.cluster. local is the EventSource's own cluster and needs no secretRef.") @Nullable String name,
        @JsonPropertyDescription("The credentials, in a Secret of the EventSource's namespace: a kubeconfig under the key kubeconfig, or the keys endpoint, tls.crt, tls.key and ca.crt.") @Nullable SecretName secretRef,
        @JsonPropertyDescription("true: the server's certificate is not checked. Needed where the Secret has no ca.crt. Default: false.") @Nullable Boolean insecureSkipVerify) {

    /// Names a Secret.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SecretName(
            @JsonPropertyDescription("Name of the Secret.") @Nullable String name) {}
}
