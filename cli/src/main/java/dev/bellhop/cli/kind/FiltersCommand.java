package dev.bellhop.cli.kind;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `bellhop filters`: the kinds of interceptor.
@Command(name = "filters", mixinStandardHelpOptions = true, sortOptions = false, description = "Lists the interceptors that check and filter events, and their params.", footer = {
        "", "A Trigger names one as ref.name of an interceptor, and its params beside."})
public final class FiltersCommand implements Callable<Integer> {
    @Mixin
    private KindList list = new KindList();

    @Override
    public Integer call() {
        list.print(KnownKinds.listedFilters());
        return 0;
    }
}
