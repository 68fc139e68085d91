package dev.bellhop.cli.kind;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `bellhop actions`: the kinds of action.
@Command(name = "actions", mixinStandardHelpOptions = true, sortOptions = false, description = "Lists the kinds of action, and their fields.", footer = {
        "", "A Trigger has one of them in each of its actions."})
public final class ActionsCommand implements Callable<Integer> {
    @Mixin
    private KindList list = new KindList();

    @Override
    public Integer call() {
        list.print(KnownKinds.listedActions());
        return 0;
    }
}
