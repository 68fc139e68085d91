package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.bellhop.api.action.ExecAction;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Effect;

/// `exec`: runs a program where the listener runs, for people who run Bellhop by themselves. In a cluster it would give every
/// team what the listener has, and is refused.
final class ExecType extends TypedAction<ExecAction> {
    private static final int MOST_BYTES = 1024;

    private final boolean isAllowed;

    ExecType(boolean isAllowed) {
        super("exec", "Runs a program where the listener runs; in standalone mode only.", ExecAction.class);
        this.isAllowed = isAllowed;
    }

    @Override
    ActionResult act(ExecAction spec, ActionContext context) throws IOException, InterruptedException {
        if (!isAllowed) {
            return Failed.lasting("exec is for standalone mode: in a cluster nobody runs programs in the listener");
        }
        var command = Objects.requireNonNullElse(spec.command(), List.<String>of());
        if (command.isEmpty()) {
            return Failed.lasting("exec.command is empty");
        }
        return Posting.attempt(() -> run(spec, command));
    }

    private static ActionResult run(ExecAction spec, List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Objects.requireNonNullElse(spec.env(), Map.<String, String>of()));
        var timeout = Posting.timeout(spec.timeout());
        var process = builder.start();
        try {
            var output = new StringBuilder();
            var reader = Thread.ofVirtual().start(() -> read(process, output));
            var input = Posting.text(Objects.requireNonNullElse(spec.stdin(), NullNode.getInstance()));
            write(process, input);
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return Failed.passing(command.getFirst() + " did not end within " + timeout.toSeconds() + " s");
            }
            var _ = reader.join(timeout);
            int code = process.exitValue();
            synchronized (output) {
                return code == 0
                        ? Done.of(Effect.outside("ran", "program", command.getFirst()))
                        : Failed.passing(command.getFirst() + " ended with " + code + ": " + output.toString().strip());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void write(Process process, String input) {
        try (var to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It does not want to read; what it ends with counts.
        }
    }

    private static void read(Process process, StringBuilder output) {
        try (var from = process.getInputStream()) {
            var buffer = new byte[MOST_BYTES];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                synchronized (output) {
                    output.append(
                            new String(buffer, 0, Math.min(read, MOST_BYTES - Math.min(MOST_BYTES, output.length())),
                                    StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            synchronized (output) {
                output.append(" (its output could not be read: ").append(e.getMessage()).append(')');
            }
        }
    }
}
