package dev.bellhop.bench.micro;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.engine.event.Body;
import org.openjdk.jmh.annotations.Benchmark;

/// From bytes to the tree that filters and bindings read.
public class ParseBenchmark extends Benchmarks {
    private final byte[] bytes = Sample.push().body();
    private final JsonMapper mapper = new JsonMapper();

    @Benchmark
    public Body.Parsed parse() {
        return Body.parse(bytes);
    }

    @Benchmark
    public JsonNode baselineReadTree() throws IOException {
        return mapper.readTree(bytes);
    }
}
