package dev.bellhop;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/// Who uses whom, read from class files by the JDK's `jdeps`, and what is wrong with it.
///
/// @param modules the module of each of our packages
/// @param uses    which classes each of our classes uses
record Uses(Map<String, String> modules, List<Use> uses) {
    private static final Pattern LINE = Pattern.compile("^\\s+(\\S+)\\s+-> (\\S+)\\s.*");

    /// One class uses another.
    record Use(String from, String to) {
        String fromPackage() {
            return packageOf(from);
        }

        String toPackage() {
            return packageOf(to);
        }
    }

    /// Reads the classes of each module below `root`.
    static Uses of(Path root, Set<String> moduleNames) {
        var modules = new TreeMap<String, String>();
        var uses = new ArrayList<Use>();
        for (var module : moduleNames) {
            var classes = root.resolve(module).resolve("target/classes");
            packages(classes).forEach(name -> modules.put(name, module));
            jdeps(classes).lines().map(LINE::matcher).filter(line -> line.matches())
                    .forEach(line -> uses.add(new Use(line.group(1), line.group(2))));
        }
        return new Uses(modules, uses);
    }

    private static Set<String> packages(Path classes) {
        try (var files = Files.walk(classes)) {
            var packages = new TreeSet<String>();
            files.filter(file -> file.toString().endsWith(".class"))
                    .forEach(file -> packages.add(classes.relativize(file.getParent()).toString().replace('/', '.')));
            return packages;
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + classes + "; is the module built?", e);
        }
    }

    private static String jdeps(Path classes) {
        var out = new StringWriter();
        var error = new StringWriter();
        int status = ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(out, true),
                new PrintWriter(error, true), "-verbose:class", "-filter:none", "--multi-release", "base",
                classes.toString());
        if (status != 0) {
            throw new IllegalStateException("jdeps " + classes + ": " + out + error);
        }
        return out.toString();
    }

    /// Uses of a module by one that may not know it. `allowed` are the modules that each may know.
    List<String> turnedRound(Map<String, Set<String>> allowed) {
        return uses.stream().filter(use -> {
            var from = modules.get(use.fromPackage());
            var to = modules.get(use.toPackage());
            return from != null && to != null && !from.equals(to) && !allowed.getOrDefault(from, Set.of()).contains(to);
        }).map(use -> modules.get(use.fromPackage()) + " → " + modules.get(use.toPackage()) + ": " + use.from()
                + " uses "
                + use.to()).toList();
    }

    /// Uses of what is in packages that begin with `prefix` by packages of `module` other than `allowed`.
    List<String> outside(String module, String prefix, Set<String> allowed) {
        return uses.stream()
                .filter(use -> module.equals(modules.get(use.fromPackage())) && use.to().startsWith(prefix)
                        && !allowed.contains(use.fromPackage()))
                .map(use -> use.from() + " uses " + use.to()).toList();
    }

    /// Whether any class of one module uses one of another.
    boolean hasArrow(String from, String to) {
        return uses.stream().anyMatch(use -> from.equals(modules.get(use.fromPackage()))
                && to.equals(modules.get(use.toPackage())));
    }

    /// Packages of one module that use each other in a circle: one circle for each package that is on any.
    List<String> circles() {
        var arrows = new TreeMap<String, Map<String, Use>>();
        for (var use : uses) {
            var from = use.fromPackage();
            var to = use.toPackage();
            if (!from.equals(to) && modules.containsKey(from) && modules.get(from).equals(modules.get(to))) {
                arrows.computeIfAbsent(from, _ -> new TreeMap<>()).putIfAbsent(to, use);
            }
        }
        var circles = new ArrayList<String>();
        for (var start : arrows.keySet()) {
            var way = way(start, start, arrows);
            if (!way.isEmpty()) {
                circles.add(start + ": " + way);
            }
        }
        return circles;
    }

    /// The shortest way from one package to another, a use for each step; empty when there is none.
    private static List<Use> way(String from, String to, Map<String, Map<String, Use>> arrows) {
        var ways = new LinkedHashMap<String, List<Use>>();
        ways.put(from, List.of());
        var todo = new ArrayList<>(List.of(from));
        for (int i = 0; i < todo.size(); i++) {
            var here = todo.get(i);
            for (var arrow : arrows.getOrDefault(here, Map.of()).entrySet()) {
                var longer = new ArrayList<>(ways.getOrDefault(here, List.of()));
                longer.add(arrow.getValue());
                if (arrow.getKey().equals(to)) {
                    return longer;
                }
                if (ways.putIfAbsent(arrow.getKey(), longer) == null) {
                    todo.add(arrow.getKey());
                }
            }
        }
        return List.of();
    }

    private static String packageOf(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(0, dot);
    }
}
