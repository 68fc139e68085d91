package dev.bellhop.apiserver.kind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All kinds that the API serves now. Changes when CustomResourceDefinitions do.
public final class Catalog {

    /// A group with its versions, the preferred one first.
    public record Group(String name, List<String> versions) {}

    private final Map<String, Map<String, ResourceType>> byGroupVersion = new LinkedHashMap<>();
    private int edition;

    public Catalog(Collection<ResourceType> builtIn) {
        builtIn.forEach(this::add);
    }

    /// Counts up with every change, for those who cache what they made of the catalog.
    public int edition() {
        return edition;
    }

    /// By the words of a URL.
    public Optional<ResourceType> find(String group, String version, String plural) {
        return Optional.ofNullable(byGroupVersion.getOrDefault(key(group, version), Map.of()).get(plural));
    }

    /// By what an object says of itself.
    public Optional<ResourceType> findKind(String apiVersion, String kind) {
        return byGroupVersion.getOrDefault(apiVersion, Map.of()).values().stream()
                .filter(type -> type.kind().equals(kind)).findFirst();
    }

    /// The kinds of one group and version.
    public Collection<ResourceType> in(String group, String version) {
        return byGroupVersion.getOrDefault(key(group, version), Map.of()).values();
    }

    public boolean serves(String group, String version) {
        return byGroupVersion.containsKey(key(group, version));
    }

    /// The named groups; the core group is not among them.
    public List<Group> groups() {
        var versions = new LinkedHashMap<String, List<String>>();
        for (Map<String, ResourceType> types : byGroupVersion.values()) {
            for (ResourceType type : types.values()) {
                List<String> known = versions.computeIfAbsent(type.group(), _ -> new ArrayList<>());
                if (!known.contains(type.version())) {
                    known.add(type.version());
                }
            }
        }
        versions.remove("");
        return versions.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue().stream().sorted(VERSION_PRIORITY).toList()))
                .toList();
    }

    /// Every stored kind once, in its preferred version.
    public Collection<ResourceType> stored() {
        var stored = new LinkedHashMap<String, ResourceType>();
        byGroupVersion.values().forEach(types -> types.values().stream().filter(type -> !type.isReview())
                .forEach(type -> stored.merge(type.storage(), type,
                        (a, b) -> VERSION_PRIORITY.compare(a.version(), b.version()) <= 0 ? a : b)));
        return stored.values();
    }

    public void add(ResourceType type) {
        byGroupVersion.computeIfAbsent(type.apiVersion(), _ -> new TreeMap<>()).put(type.plural(), type);
        edition++;
    }

    public void remove(String group, String plural) {
        byGroupVersion.values()
                .forEach(types -> types.values().removeIf(type -> type.is(group, plural)));
        byGroupVersion.values().removeIf(Map::isEmpty);
        edition++;
    }

    private static String key(String group, String version) {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// Kubernetes' own order: stable before beta before alpha, then the higher number.
    static final Comparator<String> VERSION_PRIORITY = Comparator.<String>comparingInt(Catalog::stability)
            .thenComparing(Comparator.comparingInt(Catalog::major).reversed()).thenComparing(Comparator.reverseOrder());

    private static int stability(String version) {
        if (version.matches("v\\d+")) {
            return 0;
        }
        return version.matches("v\\d+beta\\d+") ? 1 : version.matches("v\\d+alpha\\d+") ? 2 : 3;
    }

    private static int major(String version) {
        var digits = version.replaceFirst("^v(\\d{1,6}).*", "$1");
        return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
    }
}
