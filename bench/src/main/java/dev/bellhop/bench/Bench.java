package dev.bellhop.bench;

import dev.bellhop.bench.disk.BitFlipCommand;
import dev.bellhop.bench.disk.DiskFullCommand;
import dev.bellhop.bench.disk.PowerCutCommand;
import dev.bellhop.bench.failover.FailoverCommand;
import dev.bellhop.bench.jetstream.JetStreamCommand;
import dev.bellhop.bench.journal.AcceptCommand;
import dev.bellhop.bench.journal.MillionCommand;
import dev.bellhop.bench.kill.KillCommand;
import dev.bellhop.bench.load.LoadCommand;
import dev.bellhop.bench.noisy.NoisyCommand;
import dev.bellhop.bench.outage.OutageCommand;
import dev.bellhop.bench.rolling.RollingCommand;
import dev.bellhop.bench.watch.WatchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Where `bench/run` begins.
@Command(name = "bench/run", description = "Benchmarks and fault programs.", mixinStandardHelpOptions = true, subcommands = {
        LoadCommand.class, KillCommand.class, OutageCommand.class, NoisyCommand.class,
        MillionCommand.class, AcceptCommand.class, DiskFullCommand.class, PowerCutCommand.class, BitFlipCommand.class,
        FailoverCommand.class, JetStreamCommand.class, RollingCommand.class, WatchCommand.class})
public final class Bench {
    private Bench() {}

    /// Runs one of them and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }
}
