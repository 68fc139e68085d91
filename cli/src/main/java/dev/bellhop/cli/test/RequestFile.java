package dev.bellhop.cli.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.bellhop.engine.secret.SecretRef;

/// A request as it is written in a `request.http`:
///
/// ```
/// # bellhop: sign github team-a/github-secret/token
/// POST /team-a HTTP/1.1
/// Content-Type: application/json
/// X-GitHub-Event: push
///
/// {"ref": "refs/heads/main"}
/// ```
///
/// The body is the rest of the file without its last line break, or, if it is the single line `< FILE`, that file as it is.
/// Lines above the body that start with `#` are comments; `# bellhop: sign SENDER NAMESPACE/SECRET/KEY` makes the runner add
/// what the sender would send to prove itself, with a Secret of the same folder.
///
/// @param bodyFile the file that holds the body, if it is not in the request's own
@SuppressWarnings("ArrayRecordComponent") // Nobody compares requests.
record RequestFile(Path file, String method, String path, String query, List<Map.Entry<String, String>> headers,
        byte[] body, Optional<Path> bodyFile, Optional<Signing> signing) implements CaseInput {
    private static final Pattern DIRECTIVE = Pattern.compile("#\\s*bellhop:\\s*(.*)");
    private static final Pattern SIGN = Pattern.compile("sign\\s+(\\S+)\\s+([^/\\s]+)/([^/\\s]+)/(\\S+)");
    private static final Pattern START = Pattern.compile("([A-Z]+)\\s+(\\S+)(?:\\s+HTTP/[\\d.]+)?");
    private static final Pattern SCHEME_AND_HOST = Pattern.compile("^https?://[^/?]+");
    private static final Pattern ELSEWHERE = Pattern.compile("<\\s+(\\S+)\\s*");

    /// What `# bellhop: sign` asks for.
    record Signing(SigningScheme scheme, SecretRef secret) {}

    static RequestFile read(Path file) {
        try {
            return new Reader(file, Files.readAllBytes(file)).read();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    /// Reads one file from the top.
    private static final class Reader {
        private final Path file;
        private final byte[] bytes;
        private int position;
        private int line;
        private Optional<Signing> signing = Optional.empty();

        Reader(Path file, byte[] bytes) {
            this.file = file;
            this.bytes = bytes;
        }

        RequestFile read() throws IOException {
            var start = START.matcher(nextLine().orElseThrow(() -> unusable("is empty")));
            if (!start.matches()) {
                throw unusable("must begin with METHOD PATH, such as POST /team-a HTTP/1.1");
            }
            var target = SCHEME_AND_HOST.matcher(start.group(2)).replaceFirst("");
            int question = target.indexOf('?');
            var path = question < 0 ? target : target.substring(0, question);
            var headers = headers();
            var body = Arrays.copyOfRange(bytes, position, lastLineBreak());
            var elsewhere = ELSEWHERE.matcher(new String(body, StandardCharsets.UTF_8));
            Optional<Path> bodyFile = elsewhere.matches()
                    ? Optional.of(file.resolveSibling(elsewhere.group(1)).normalize())
                    : Optional.empty();
            if (bodyFile.isPresent()) {
                if (!Files.isRegularFile(bodyFile.get())) {
                    throw unusable("'< " + elsewhere.group(1) + "' names no file");
                }
                body = Files.readAllBytes(bodyFile.get());
            }
            return new RequestFile(file, start.group(1), path, question < 0 ? "" : target.substring(question + 1),
                    List.copyOf(headers), body, bodyFile, signing);
        }

        private List<Map.Entry<String, String>> headers() {
            var headers = new ArrayList<Map.Entry<String, String>>();
            for (var next = nextLine(); next.isPresent() && !next.get().isEmpty(); next = nextLine()) {
                int colon = next.get().indexOf(':');
                if (colon < 1) {
                    throw unusable("'" + next.get() + "' is no header; an empty line ends the headers");
                }
                headers.add(Map.entry(next.get().substring(0, colon).strip(), next.get().substring(colon + 1).strip()));
            }
            return headers;
        }

        /// The next line that is no comment; empty at the end of the file.
        private Optional<String> nextLine() {
            while (position < bytes.length) {
                int end = position;
                while (end < bytes.length && bytes[end] != '\n') {
                    end++;
                }
                var text = new String(bytes, position, end - position, StandardCharsets.UTF_8).stripTrailing();
                position = Math.min(end + 1, bytes.length);
                line++;
                if (!text.startsWith("#")) {
                    return Optional.of(text);
                }
                var directive = DIRECTIVE.matcher(text);
                if (directive.matches()) {
                    obey(directive.group(1).strip());
                }
            }
            return Optional.empty();
        }

        private void obey(String directive) {
            var sign = SIGN.matcher(directive);
            if (!sign.matches()) {
                throw unusable("'# bellhop: " + directive
                        + "' is not understood: write # bellhop: sign SENDER NAMESPACE/SECRET/KEY");
            }
            var scheme = Arrays.stream(SigningScheme.values()).filter(known -> known.name().equals(sign.group(1)))
                    .findFirst().orElseThrow(() -> unusable("cannot sign as '" + sign.group(1) + "', only as "
                            + Arrays.toString(SigningScheme.values())));
            signing = Optional.of(new Signing(scheme, new SecretRef(sign.group(2), sign.group(3), sign.group(4))));
        }

        /// Where the body ends: editors end a file with a line break that is not meant.
        private int lastLineBreak() {
            int end = bytes.length;
            if (end > position && bytes[end - 1] == '\n') {
                end--;
                if (end > position && bytes[end - 1] == '\r') {
                    end--;
                }
            }
            return end;
        }

        private UnusableInput unusable(String why) {
            return new UnusableInput(file + (line == 0 ? "" : ", line " + line) + ": " + why);
        }
    }
}
