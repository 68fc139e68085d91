package dev.bellhop.engine.expose;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The hosts that a namespace may use, as an annotation of the Namespace says, which belongs to the admin: a list such as
/// `hooks.example.com/team-a, *.team-a.example.com`. Without it a namespace may use none.
///
/// @param entries each a host; or with `*.` before it, all hosts below; or `*`, any; and maybe a path, at or below which
public record AllowedHosts(List<String> entries) {
    /// Name of the annotation.
    public static final String ANNOTATION = "bellhop.dev/allowed-hosts";
    private static final String ANY = "*";

    /// What the `annotations` of a Namespace allow.
    public static AllowedHosts of(Map<String, String> annotations) {
        return new AllowedHosts(Stream.of(annotations.getOrDefault(ANNOTATION, "").split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty()).toList());
    }

    /// Whether `place` may be used.
    public boolean allow(Place place) {
        return entries.stream().anyMatch(entry -> allows(entry, place));
    }

    private static boolean allows(String entry, Place place) {
        int slash = entry.indexOf('/');
        var host = (slash < 0 ? entry : entry.substring(0, slash)).toLowerCase(Locale.ROOT);
        var path = slash < 0 ? "" : entry.substring(slash).replaceFirst("/+$", "");
        boolean isHost = host.equals(ANY) || host.equals(place.host())
                || (host.startsWith("*.") && place.host().endsWith(host.substring(1)));
        return isHost && (place.path().equals(path) || place.path().startsWith(path + "/"));
    }
}
