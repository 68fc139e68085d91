package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.action.AnyJson;
import org.jspecify.annotations.Nullable;

/// One check or filter: which interceptor, and its params.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InterceptorSpec(
        @JsonPropertyDescription("A name for people: it is shown where this interceptor ends a run.") @Nullable String name,
        @JsonPropertyDescription("Which interceptor: github, gitlab, bitbucket, hmac or cel.") @Nullable Ref ref,
        @JsonPropertyDescription("The interceptor's params by name: secretRef (secretName, secretKey) and eventTypes for github, gitlab and bitbucket; secretRef and preset, or header and what goes with it, for hmac; filter and overlays for cel.") List<Param> params,
        @JsonPropertyDescription("Tekton's legacy webhook interceptor; not supported yet, a Trigger that uses it is not Ready.") @Nullable JsonNode webhook) {

    public InterceptorSpec {
        params = params == null ? List.of() : List.copyOf(params);
    }

    /// Names an interceptor.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ref(
            @JsonPropertyDescription("Name of the interceptor: github, gitlab, bitbucket, hmac or cel.") @Nullable String name,
            @JsonPropertyDescription("ClusterInterceptor (default).") @Nullable String kind,
            @JsonPropertyDescription("Accepted for compatibility with Tekton Triggers and ignored.") @Nullable String apiVersion) {}

    /// A param: its value may be any JSON.
    public record Param(
            @JsonPropertyDescription("Name of the param.") @Nullable String name,
            @JsonPropertyDescription("Value of the param: any JSON.") @AnyJson @Nullable JsonNode value) {}
}
