package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.bellhop.api.action.HttpAuth;
import dev.bellhop.api.action.SecretHeader;
import dev.bellhop.api.action.TlsSpec;
import dev.bellhop.api.secret.SecretKeyRef;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.SecretValue;
import org.jspecify.annotations.Nullable;

/// Reads what an action needs of Secrets. A Secret that is not there is a [Missing], which ends the try.
final class Credentials {
    private final ActionContext context;

    Credentials(ActionContext context) {
        this.context = context;
    }

    /// Something is not there; the message says what, and never a value.
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        Missing(String message) {
            super(message, null, false, false);
        }
    }

    /// The text of a key, without the line break that editors leave at its end.
    String text(@Nullable SecretKeyRef ref) throws IOException, Missing {
        if (ref == null || ref.secretName() == null || ref.secretKey() == null) {
            throw new Missing("secretName or secretKey is missing");
        }
        return text(ref.secretName(), ref.secretKey());
    }

    String text(String name, String key) throws IOException, Missing {
        return switch (context.secret(name, key)) {
            case SecretValue.Found(var value) -> value.replaceAll("\\R\\z", "");
            case SecretValue.Missing(var why) -> throw new Missing(why);
        };
    }

    /// The headers that `auth` and `headers` come to.
    List<Map.Entry<String, String>> headers(@Nullable HttpAuth auth, @Nullable List<SecretHeader> headers)
            throws IOException, Missing {
        var found = new ArrayList<Map.Entry<String, String>>();
        if (auth != null && auth.basicSecretName() != null) {
            var pair = text(auth.basicSecretName(), "username") + ":" + text(auth.basicSecretName(), "password");
            found.add(new SimpleImmutableEntry<>("Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
        } else if (auth != null && auth.bearer() != null) {
            found.add(new SimpleImmutableEntry<>("Authorization", "Bearer " + text(auth.bearer())));
        }
        for (var header : Objects.requireNonNullElse(headers, List.<SecretHeader>of())) {
            found.add(new SimpleImmutableEntry<>(Objects.requireNonNullElse(header.name(), ""),
                    Objects.requireNonNullElse(header.prefix(), "") + text(header.secretRef())));
        }
        return found;
    }

    /// The certificates that `tls` names.
    Optional<Outgoing.Certificates> certificates(@Nullable TlsSpec tls) throws IOException, Missing {
        if (tls == null || tls.secretName() == null) {
            return Optional.empty();
        }
        var certificate = optional(tls.secretName(), "tls.crt");
        var key = optional(tls.secretName(), "tls.key");
        var own = certificate.isPresent() && key.isPresent()
                ? Optional.of(new Outgoing.KeyPair(certificate.get(), key.get()))
                : Optional.<Outgoing.KeyPair>empty();
        var trusted = optional(tls.secretName(), "ca.crt");
        if (own.isEmpty() && trusted.isEmpty()) {
            throw new Missing("Secret " + context.namespace() + "/" + tls.secretName()
                    + " has neither ca.crt nor tls.crt and tls.key, or may not be read");
        }
        return Optional.of(new Outgoing.Certificates(trusted, own));
    }

    private Optional<String> optional(String name, String key) throws IOException {
        return context.secret(name, key) instanceof SecretValue.Found(var value)
                ? Optional.of(value)
                : Optional.empty();
    }
}
