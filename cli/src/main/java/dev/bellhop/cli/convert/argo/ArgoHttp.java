package dev.bellhop.cli.convert.argo;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.convert.draft.ActionDraft;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.draft.Rights;

/// A request that a Sensor sends.
final class ArgoHttp {
    private static final int LONGEST_TIMEOUT = 60;

    private final Fields http;
    private final Parameters parameters;
    private final Rights rights;

    ArgoHttp(Fields http, Parameters parameters, Rights rights) {
        this.http = http;
        this.parameters = parameters;
        this.rights = rights;
    }

    ObjectNode action(String name, List<Integer> successCodes) {
        var fields = parameters.filled(http);
        var action = ActionDraft.http(name, fields.text("method").orElse("POST"), fields.text("url").orElse(""));
        var payload = fields.objects("payload");
        if (!payload.isEmpty()) {
            action.body(parameters.apply(JsonNodeFactory.instance.objectNode(), payload));
        }
        fields.object("headers").ifPresent(headers -> headers.whole().properties()
                .forEach(header -> action.header(header.getKey(), header.getValue().asText())));
        for (var header : fields.objects("dynamicHeaders")) {
            var dest = header.text("dest").orElse("");
            header.needless("operation");
            parameters.value(header.objectOrNone("src")).ifPresent(value -> action.header(dest, value.asText()));
        }
        fields.objects("secureHeaders").forEach(header -> secretHeader(header, action));
        fields.object("basicAuth").ifPresent(auth -> basic(auth, action));
        fields.object("tls").ifPresent(tls -> tls(tls, action));
        fields.integer("timeout").ifPresent(seconds -> timeout(seconds, fields, action));
        if (!successCodes.isEmpty()) {
            action.successCodes(successCodes);
        }
        fields.lost("host", "it is taken from the URL");
        fields.reportRest();
        return action.json();
    }

    private static void timeout(int seconds, Fields fields, ActionDraft action) {
        if (seconds > LONGEST_TIMEOUT) {
            fields.check("timeout", "the longest is 60s");
        }
        action.timeout(Math.clamp(seconds, 1, LONGEST_TIMEOUT) + "s");
    }

    private void secretHeader(Fields header, ActionDraft action) {
        var name = header.text("name").orElse("");
        var from = header.objectOrNone("valueFrom");
        from.lost("configMapKeyRef", "headers come from Secrets: put the value into one, or write it into headers");
        from.object("secretKeyRef").ifPresent(secret -> {
            secret.needless("optional");
            var of = secret.text("name").orElse("");
            action.secretHeader(name, of, secret.text("key").orElse(""));
            rights.allowSecret(of);
        });
    }

    private void basic(Fields auth, ActionDraft action) {
        var user = auth.object("username").map(Fields::whole);
        var password = auth.object("password").map(Fields::whole);
        var secret = user.map(ref -> ref.path("name").asText());
        boolean together = secret.equals(password.map(ref -> ref.path("name").asText()))
                && user.map(ref -> ref.path("key").asText()).equals(Optional.of("username"))
                && password.map(ref -> ref.path("key").asText()).equals(Optional.of("password"));
        if (together) {
            action.basicAuth(secret.orElse(""));
            rights.allowSecret(secret.orElse(""));
        } else {
            auth.report().lost(auth.path(), auth.whole(),
                    "put both into one Secret under the keys username and password, and name"
                            + " it in http.auth.basicSecretName");
        }
    }

    private void tls(Fields tls, ActionDraft action) {
        tls.lost("insecureSkipVerify",
                "certificates are always checked: put the authority's under ca.crt into a Secret");
        var expected = List.of("ca.crt", "tls.crt", "tls.key");
        var fields = List.of("caCertSecret", "clientCertSecret", "clientKeySecret");
        var names = new LinkedHashSet<String>();
        boolean fits = true;
        for (int i = 0; i < fields.size(); i++) {
            var secret = tls.object(fields.get(i));
            if (secret.isPresent()) {
                names.add(secret.get().text("name").orElse(""));
                fits &= secret.get().text("key").orElse("").equals(expected.get(i));
            }
        }
        if (fits && names.size() == 1) {
            action.tls(names.getFirst());
            rights.allowSecret(names.getFirst());
        } else if (!names.isEmpty()) {
            tls.report().lost(tls.path(), tls.whole(),
                    "put them into one Secret under the keys ca.crt, tls.crt and tls.key, and"
                            + " name it in http.tls.secretName");
        }
    }
}
