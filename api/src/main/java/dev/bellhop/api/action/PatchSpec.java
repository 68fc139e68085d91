package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// A change to an object.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PatchSpec(
        @JsonPropertyDescription("merge (default, RFC 7386), json (a list of operations, RFC 6902) or strategic (lists merged by key; kinds of Kubernetes itself only).") @Nullable String type,
        @JsonPropertyDescription("The change, or an expression that gives it. Default: the whole object.") @AnyJson @Nullable JsonNode data) {}
