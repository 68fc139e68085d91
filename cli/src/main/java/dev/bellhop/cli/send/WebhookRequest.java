package dev.bellhop.cli.send;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// A POST that is ready to be sent: changed by making another one.
@SuppressWarnings("ArrayRecordComponent") // Nobody compares requests.
record WebhookRequest(URI target, Map<String, String> headers, byte[] body) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE).build();

    static WebhookRequest post(URI target, byte[] body) {
        return new WebhookRequest(target, Map.of(), body);
    }

    /// Adds the header, or replaces the one of that name in any case.
    WebhookRequest with(String name, String value) {
        var next = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        next.putAll(headers);
        next.remove(name);
        next.put(name, value);
        return new WebhookRequest(target, next, body);
    }

    HttpResponse<String> send() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(target).timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// The request as it goes over the wire, without what HTTP itself adds.
    String asText() {
        var path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        var query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        var text = new StringBuilder("POST ").append(path).append(query).append(" HTTP/1.1\n");
        text.append("Host: ").append(target.getRawAuthority()).append('\n');
        headers.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.append('\n').append(new String(body, StandardCharsets.UTF_8)).append('\n').toString();
    }
}
