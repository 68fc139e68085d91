package dev.bellhop.cli.kind;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `bellhop sources`: the kinds of event source.
@Command(name = "sources", mixinStandardHelpOptions = true, sortOptions = false, description = "Lists the kinds of event source, and their fields.", footer = {
        "",
        "An EventSource has one of them: it is the field of spec; one of a plug-in is spec.plugin.type, or behind spec.plugin.url."})
public final class SourcesCommand implements Callable<Integer> {
    @Mixin
    private KindList list = new KindList();

    @Override
    public Integer call() {
        list.print(KnownKinds.listedSources());
        return 0;
    }
}
