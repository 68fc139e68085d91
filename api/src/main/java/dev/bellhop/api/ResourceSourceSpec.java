package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.action.AnyJson;
import io.fabric8.kubernetes.api.model.LabelSelector;
import org.jspecify.annotations.Nullable;

/// A source that brings the changes of Kubernetes objects of one kind. The words of kube-trigger and of Argo Events' `resource`
/// are understood where they mean the same.
@JsonClassDescription("Brings the changes of Kubernetes objects of one kind, named by apiVersion and kind, or by group, version and resource. Reads as the EventSource's serviceAccountName.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ResourceSourceSpec(
        @JsonPropertyDescription("API group and version of the kind, such as v1 or apps/v1.") @Nullable String apiVersion,
        @JsonPropertyDescription("Kind of the objects, such as Deployment. One that the cluster does not serve yet is waited for.") @Nullable String kind,
        @JsonPropertyDescription("API group, instead of apiVersion and kind; empty for the core group.") @Nullable String group,
        @JsonPropertyDescription("API version that goes with resource, such as v1.") @Nullable String version,
        @JsonPropertyDescription("The kind's name in paths, in plural, such as deployments.") @Nullable String resource,
        @JsonPropertyDescription("In which namespaces. Absent: in the EventSource's own. The ServiceAccount must be allowed to list and watch the kind in each, and Namespaces where they are chosen by labels.") @Nullable NamespaceSelector namespaces,
        @JsonPropertyDescription("Which changes: add, update, delete. Absent: all. An object that begins or ceases to match labelSelector is added or deleted.") @JsonAlias("eventTypes") List<String> events,
        @JsonPropertyDescription("Labels that the objects must have; checked by the API server, so that others are not even read.") @Nullable LabelSelector labelSelector,
        @JsonPropertyDescription("Conditions on fields of the object as it is after the change, or was before it was deleted. All must hold.") List<FieldCondition> fields,
        @JsonPropertyDescription("What the object's name must begin with.") @Nullable String namePrefix,
        @JsonPropertyDescription("Only objects created at this time or earlier (RFC 3339), such as 2026-01-31T00:00:00Z.") @JsonAlias("createdBy") @Nullable String createdBefore,
        @JsonPropertyDescription("true: nothing that happened before the source was started, or while it did not run. Default: false.") @Nullable Boolean afterStart,
        @JsonPropertyDescription("Which updates count: contentChanged (default), where anything but managedFields, resourceVersion and generation differs; generationChanged, where the generation does: for most kinds the spec; always.") @Nullable String predicate,
        @JsonPropertyDescription("What becomes of objects that are older than the EventSource: ignore (default) or add.") @Nullable String initial,
        @JsonPropertyDescription("true: body and oldBody have apiVersion, kind and metadata alone, which costs less memory and network. Default: false.") @Nullable Boolean metadataOnly,
        @JsonPropertyDescription("true: changes of objects that Bellhop created are brought too. They can start loops. Default: false.") @Nullable Boolean includeOwn,
        @JsonPropertyDescription("With includeOwn: how many actions may lie between an object and the first event, 1 to 100; changes beyond are dropped. Default: 5.") @Nullable Integer maxHops,
        @JsonPropertyDescription("Which clusters. Absent: the EventSource's own, which is called local.") List<SourceCluster> clusters) {

    public ResourceSourceSpec {
        events = events == null ? List.of() : List.copyOf(events);
        fields = fields == null ? List.of() : List.copyOf(fields);
        clusters = clusters == null ? List.of() : List.copyOf(clusters);
    }

    /// A condition on one field of an object.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FieldCondition(
            @JsonPropertyDescription("The field, such as spec.replicas, spec.ports.0.name or metadata.annotations.example\\.com/owner: a dot within a name has a backslash before it.") @JsonAlias("key") @Nullable String path,
            @JsonPropertyDescription("= (default) or ==, !=, matches, !matches (an RE2 expression found anywhere in the text), in, notin, exists, !exists, >, <. Where the field is missing, !=, !matches, notin and !exists hold, and no other.") @JsonAlias("operation") @Nullable String operator,
            @JsonPropertyDescription("What to compare with: a text, number or boolean; a list of them for in and notin. Numbers compare as numbers, all else as text.") @AnyJson @Nullable JsonNode value) {}
}
