package dev.bellhop.apiserver.http;

import dev.bellhop.apiserver.auth.Ask;
import dev.bellhop.apiserver.auth.Authorizer;
import dev.bellhop.apiserver.status.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Optional;

/// Answers every request that is not a watch: what the server is, what it has, and the objects.
public final class Desk {

    private static final String VERSION = """
            {"major":"1","minor":"32","gitVersion":"v1.32.0+bellhop","gitCommit":"","gitTreeState":"clean",\
            "buildDate":"1970-01-01T00:00:00Z","goVersion":"none","compiler":"javac","platform":"jvm"}""";

    private final Authorizer authorizer;
    private final Discovery discovery;
    private final OpenApi openApi;
    private final ObjectDesk objects;

    public Desk(Authorizer authorizer, Discovery discovery, OpenApi openApi, ObjectDesk objects) {
        this.authorizer = authorizer;
        this.discovery = discovery;
        this.openApi = openApi;
        this.objects = objects;
    }

    Reply answer(Call call) {
        String path = call.path().length() > 1 && call.path().endsWith("/")
                ? call.path().substring(0, call.path().length() - 1)
                : call.path();
        Optional<ResourcePath> resource = ResourcePath.parse(path);
        if (resource.isPresent()) {
            return objects.answer(call, resource.get());
        }
        authorizer.require(call.user(), new Ask.OnPath(call.method().toLowerCase(Locale.ROOT), path));
        return switch (path) {
            case "/healthz", "/livez", "/readyz" -> Reply.text(200, "ok");
            case "/version" -> new Reply(200, Reply.JSON, Buffer.buffer(VERSION),
                    java.util.List.of());
            default -> discovery.answer(path).or(() -> openApi.answer(path, call)).orElseGet(() -> noSuchPage(path));
        };
    }

    private static Reply noSuchPage(String path) {
        return path.startsWith("/api") ? Reply.text(404, "404 page not found\n") : Reply.of(Refusal.noSuchPath());
    }
}
