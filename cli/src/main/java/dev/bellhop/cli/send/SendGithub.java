package dev.bellhop.cli.send;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.engine.secret.Token;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bellhop send github push`: takes a recorded payload, changes it as asked, signs it and posts it.
@Command(name = "github", mixinStandardHelpOptions = true, sortOptions = false, description = "Posts a recorded GitHub webhook, with GitHub's headers and signature.", footer = {
        "", "Examples:",
        "  bellhop send github push team-a/push --secret s3cret --set ref=refs/heads/main",
        "  bellhop send github push http://localhost:8080/team-a --secret-file secret.txt",
        "  bellhop send github pull_request --action opened --url http://x/team-a --dry-run > request.http",
        "  bellhop send github --list", "",
        "Exit code: 0 when every answer was 2xx, 1 when one was not or none came."})
final class SendGithub implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", arity = "0..1", paramLabel = "EVENT", description = "Which event, as in X-GitHub-Event: push, pull_request, ...")
    private @Nullable String event;

    @Parameters(index = "1", arity = "0..1", paramLabel = "TARGET", description = "Where to post it: a URL, or NAMESPACE/TRIGGER for the address in the Trigger's status.")
    private @Nullable String target;

    @Option(names = "--url", paramLabel = "TARGET", description = "The same as an option.")
    private @Nullable String url;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Gives access to the cluster that TARGET or --secret-from mean.")
    private @Nullable Path kubeconfig;

    @Option(names = "--action", paramLabel = "NAME", description = "Which action of the event, such as opened.")
    private @Nullable String action;

    @Option(names = "--payload", paramLabel = "NAME", description = "Which recorded payload, as --list names it.")
    private @Nullable String payload;

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "Changes a field of the body: ref=refs/heads/main, commits[0].id=abc, forced=true. The value"
            + " is JSON if it reads as JSON, else text; quote it ('\"5\"') to send a number as text.")
    private List<String> changes = new ArrayList<>();

    @Option(names = "--secret", paramLabel = "TEXT", description = "Signs the body: X-Hub-Signature-256.")
    private @Nullable String secret;

    @Option(names = "--secret-file", paramLabel = "FILE", description = "The same with a secret from a file; a line break at its end does not count.")
    private @Nullable Path secretFile;

    @Option(names = "--secret-from", paramLabel = "NAMESPACE/SECRET/KEY", description = "The same with a key of a Secret in the cluster.")
    private @Nullable String secretFrom;

    @Option(names = {"-H",
            "--header"}, paramLabel = "'NAME: VALUE'", description = "Adds a header, or replaces one of ours.")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--times", paramLabel = "N", defaultValue = "1", description = "How often to send it, each time with a new delivery ID (default: ${DEFAULT-VALUE}).")
    private int times;

    @Option(names = "--dry-run", description = "Prints the request instead of sending it, as bellhop test reads it.")
    private boolean dryRun;

    @Option(names = "--list", description = "Lists the recorded payloads, of EVENT or of all, and sends nothing.")
    private boolean list;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var payloads = GithubPayloads.recorded();
        if (list) {
            payloads.names(Optional.ofNullable(event)).forEach(out::println);
            return 0;
        }
        if (event == null) {
            throw new ParameterException(spec.commandLine(),
                    "name the event: bellhop send github push (--list tells all)");
        }
        var chosen = payloads.choose(event, Optional.ofNullable(payload), Optional.ofNullable(action));
        var uri = target();
        var body = body(chosen);
        var key = secret();
        int refused = 0;
        for (int i = 0; i < times; i++) {
            var request = request(chosen.event(), uri, body, key);
            if (dryRun) {
                out.print(request.asText());
            } else if (!send(request, out)) {
                refused++;
            }
        }
        out.flush();
        return refused == 0 ? 0 : 1;
    }

    private byte[] body(GithubPayloads.Payload chosen) {
        if (changes.isEmpty()) {
            return chosen.bytes();
        }
        ObjectNode json = chosen.json();
        for (var change : changes) {
            try {
                FieldChange.parse(change).applyTo(json);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--set " + change + ": " + e.getMessage(), e);
            }
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private WebhookRequest request(String eventName, URI uri, byte[] body, Optional<Token> key) {
        var request = WebhookRequest.post(uri, body)
                .with("Content-Type", "application/json")
                .with("User-Agent", "GitHub-Hookshot/bellhop")
                .with("X-GitHub-Event", eventName)
                .with("X-GitHub-Delivery", UUID.randomUUID().toString());
        if (key.isPresent()) {
            request = request.with(GithubSignature.HEADER, GithubSignature.of(key.get(), body));
        }
        for (var header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new ParameterException(spec.commandLine(),
                        "--header '" + header + "' has no colon: write 'Name: value'");
            }
            request = request.with(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
        }
        return request;
    }

    private Optional<Token> secret() {
        if (Stream.of(secret, secretFile, secretFrom).filter(Objects::nonNull).count() > 1) {
            throw new ParameterException(spec.commandLine(),
                    "--secret, --secret-file and --secret-from exclude each other");
        }
        if (secretFile != null) {
            try {
                return Optional.of(Token.of(Files.readAllBytes(secretFile)));
            } catch (IOException e) {
                throw new CommandFailure("cannot read --secret-file " + secretFile + ": " + e.getMessage(), e);
            }
        }
        if (secretFrom != null) {
            return Optional.of(ClusterSecret.read(secretFrom, kubeconfig));
        }
        return Optional.ofNullable(secret).map(Token::of);
    }

    private URI target() {
        if (target != null && url != null) {
            throw new ParameterException(spec.commandLine(), "the target is there twice: as an argument and as --url");
        }
        var text = target != null ? target : url;
        if (text == null) {
            throw new ParameterException(spec.commandLine(), "where to? Add a URL such as http://localhost:8080/, or"
                    + " NAMESPACE/TRIGGER (bellhop get triggers -A tells them)");
        }
        return Target.resolve(text, kubeconfig);
    }

    /// Sends it, prints the answer, and says whether that was 2xx.
    private boolean send(WebhookRequest request, PrintWriter out) {
        try {
            var answer = request.send();
            out.println("HTTP " + answer.statusCode());
            if (!answer.body().isEmpty()) {
                out.println(answer.body().stripTrailing());
            }
            return answer.statusCode() / 100 == 2;
        } catch (IOException e) {
            var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new CommandFailure("POST " + request.target() + " got no answer: " + why, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while sending", e));
        }
    }
}
