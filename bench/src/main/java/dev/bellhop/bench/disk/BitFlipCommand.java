package dev.bellhop.bench.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import dev.bellhop.bench.disk.Trial.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/// `bench/run bitflip`: one flipped bit anywhere in the journal's files costs at most what it hit, and is told.
@Command(name = "bitflip", description = "Flips one bit of a journal's files at a time, in pages of every kind, and lives with it.", mixinStandardHelpOptions = true)
public final class BitFlipCommand implements Callable<Integer> {
    private static final int LOG_HEADER = 32;
    private static final int HEAD = 12;

    @Option(names = "--flips", defaultValue = "20", description = "Bits in pages of each kind (default: ${DEFAULT-VALUE}).")
    private int flips;

    @Option(names = "--seed", defaultValue = "1", description = "Chooses the bits (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--heads", description = "Only in the first bytes of pages, which say what form they have.")
    private boolean heads;

    /// Bytes of a file that hold the same kind of thing.
    private record Region(Path files, String file, long offset, int length) {}

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        var folder = Files.createTempDirectory("bellhop-bitflip");
        try {
            var pristine = Pristine.make(folder);
            var regions = regions(pristine);
            System.out.printf("%d kinds of pages, %d flips in each%n%n%-52s", regions.size(), flips, "kind");
            for (var result : Result.values()) {
                System.out.printf(" %13s", result.name().toLowerCase(Locale.ROOT));
            }
            System.out.printf(" %16s%n", "missing at most");
            var random = new Random(seed);
            boolean kept = true;
            for (var kind : regions.entrySet()) {
                kept &= tryOut(folder, pristine, kind.getKey(), kind.getValue(), random);
            }
            System.out.println(kept
                    ? "Every flip was harmless or told, and the rest was served."
                    : "THE JOURNAL BROKE ITS WORD.");
            return kept ? ExitCode.OK : ExitCode.SOFTWARE;
        } finally {
            remove(folder);
        }
    }

    private boolean tryOut(Path folder, Pristine pristine, String kind, List<Region> regions, Random random)
            throws IOException {
        var results = new EnumMap<Result, Integer>(Result.class);
        var remarks = new ArrayList<String>();
        int most = 0;
        for (int i = 0; i < flips; i++) {
            var region = regions.get(random.nextInt(regions.size()));
            var trial = folder.resolve("trial");
            Pristine.copy(region.files, trial);
            flip(trial.resolve(region.file), region.offset + random.nextInt(region.length), random.nextInt(8));
            var report = new Trial(pristine).run(trial);
            results.merge(report.result(), 1, Integer::sum);
            if (report.result() != Result.SET_ASIDE) {
                most = Math.max(most, report.missing());
            }
            if (report.result().compareTo(Result.SET_ASIDE) > 0) {
                remarks.add("  %s: missing %d, told of %d %s".formatted(report.result(), report.missing(),
                        report.told(), report.remark()));
            }
            remove(trial);
        }
        System.out.printf("%-52s", kind);
        for (var result : Result.values()) {
            System.out.printf(" %13d", results.getOrDefault(result, 0));
        }
        System.out.printf(" %16d%n", most);
        remarks.stream().distinct().limit(3).forEach(System.out::println);
        return remarks.isEmpty();
    }

    /// The pages of the folded database by what they hold, and the parts of the log.
    private Map<String, List<Region>> regions(Pristine pristine) throws IOException, SQLException {
        var all = new TreeMap<String, List<Region>>(Comparator.naturalOrder());
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + pristine.folded().resolve("journal.db"));
                var statement = connection.createStatement();
                var r = statement.executeQuery("SELECT name,pagetype,pgoffset,pgsize FROM dbstat")) {
            while (r.next()) {
                all.computeIfAbsent(r.getString(1) + ", " + r.getString(2), _ -> new ArrayList<>())
                        .add(new Region(pristine.folded(), "journal.db", r.getLong(3), heads ? HEAD : r.getInt(4)));
            }
        }
        all.put("header of the database",
                List.of(new Region(pristine.folded(), "journal.db", 0, 100)));
        long log = Files.size(pristine.inLog().resolve("journal.db-wal"));
        all.put("log, header", List.of(new Region(pristine.inLog(), "journal.db-wal", 0, LOG_HEADER)));
        all.put("log, frames", List.of(
                new Region(pristine.inLog(), "journal.db-wal", LOG_HEADER, Math.toIntExact(log - LOG_HEADER))));
        return all;
    }

    private static void flip(Path file, long at, int bit) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int value = bytes.read();
            bytes.seek(at);
            bytes.write(value ^ 1 << bit);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
