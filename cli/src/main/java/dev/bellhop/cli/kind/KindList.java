package dev.bellhop.cli.kind;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.command.Columns;
import dev.bellhop.cli.command.NearMiss;
import dev.bellhop.cli.command.Yaml;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// What the commands that list kinds have in common: which kind is asked for, and how it is shown.
final class KindList {
    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Shows the fields of this one.")
    private @Nullable String name;

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", description = "How: ${COMPLETION-CANDIDATES} (default: a table).")
    private Output output = Output.table;

    enum Output {
        table, json, yaml
    }

    /// Prints all, or the one that is asked for.
    void print(List<ListedKind> kinds) {
        var out = spec.commandLine().getOut();
        var shown = name == null ? kinds : List.of(find(kinds, name));
        switch (output) {
            case table -> table(shown).print(out);
            case json -> out.println(document(shown).toPrettyString());
            case yaml -> out.print(Yaml.write(document(shown)));
        }
        out.flush();
    }

    private ListedKind find(List<ListedKind> kinds, String wanted) {
        return kinds.stream().filter(kind -> kind.name().equals(wanted)).findFirst().orElseThrow(() -> {
            var names = kinds.stream().map(ListedKind::name).toList();
            return new ParameterException(spec.commandLine(), "there is no '" + wanted + "'"
                    + NearMiss.of(wanted, names).map(near -> "; did you mean " + near + "?").orElse("")
                    + " There is " + String.join(", ", names));
        });
    }

    private Columns table(List<ListedKind> shown) {
        if (name == null) {
            var all = new Columns(List.of("NAME", "WHAT IT DOES"));
            shown.forEach(kind -> all.add(List.of(kind.name(), kind.description())));
            return all;
        }
        var fields = new Columns(List.of("FIELD", "TYPE", "MEANING"));
        shown.getFirst().fields()
                .forEach(field -> fields.add(List.of(field.name(), field.type(), field.description())));
        return fields;
    }

    /// A list, or the one that is asked for.
    private JsonNode document(List<ListedKind> shown) {
        if (name != null) {
            return tree(shown.getFirst());
        }
        var list = JsonNodeFactory.instance.arrayNode();
        shown.forEach(kind -> list.add(tree(kind)));
        return list;
    }

    private static ObjectNode tree(ListedKind kind) {
        var tree = JsonNodeFactory.instance.objectNode().put("name", kind.name())
                .put("description", kind.description());
        var fields = tree.putArray("fields");
        kind.fields().forEach(field -> fields.addObject().put("name", field.name()).put("type", field.type())
                .put("description", field.description()));
        return tree;
    }
}
