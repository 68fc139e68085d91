package dev.bellhop.engine.action;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

import dev.bellhop.spi.action.ActionType;

/// The kinds of action that JARs beside Bellhop bring. They are looked for once, when the first Trigger asks for one.
public final class PluginTypes {
    private PluginTypes() {}

    private static final class Found {
        static final Map<String, ActionType> BY_NAME = load();

        private static Map<String, ActionType> load() {
            var types = new TreeMap<String, ActionType>();
            for (var type : ServiceLoader.load(ActionType.class)) {
                if (types.putIfAbsent(type.name(), type) != null) {
                    throw new IllegalStateException("two plug-ins call their action '" + type.name() + "': "
                            + type.getClass().getName() + " is the second");
                }
            }
            return types;
        }
    }

    /// The kind of this name.
    public static Optional<ActionType> find(String name) {
        return Optional.ofNullable(Found.BY_NAME.get(name));
    }

    /// The names of all.
    public static List<String> names() {
        return List.copyOf(Found.BY_NAME.keySet());
    }
}
