package dev.bellhop.listener.broker.nats;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.bellhop.api.broker.NatsAuthSpec;
import dev.bellhop.listener.broker.FieldChecks;
import dev.bellhop.listener.broker.SecretKey;
import dev.bellhop.listener.broker.SecretReader;
import dev.bellhop.listener.broker.Unreachable;
import io.nats.client.Options;
import org.jspecify.annotations.Nullable;

/// Who one is to a NATS server.
public sealed interface NatsLogin {
    /// The user JWT of a credentials file.
    Pattern JWT = Pattern.compile("-{3,}BEGIN [A-Z ]*JWT-{3,}\\s+(\\S+)\\s+-{3,}END");
    /// The nkey's seed of a credentials file.
    Pattern SEED = Pattern.compile("-{3,}BEGIN [A-Z ]*SEED-{3,}\\s+(\\S+)\\s+-{3,}END");

    /// Nobody.
    record Anonymous() implements NatsLogin {}

    /// A user with a password.
    record Password(String user, SecretKey password) implements NatsLogin {}

    /// Whoever knows a token.
    record SharedToken(SecretKey token) implements NatsLogin {}

    /// Whoever has an nkey's seed.
    record Seed(SecretKey seed) implements NatsLogin {}

    /// Whom a credentials file names.
    record Credentials(SecretKey file) implements NatsLogin {}

    /// What `auth` says; problems go to `checks`.
    static NatsLogin of(@Nullable NatsAuthSpec auth, FieldChecks checks) {
        if (auth == null) {
            return new Anonymous();
        }
        var ways = new ArrayList<NatsLogin>();
        var password = checks.secret("auth.passwordSecret", auth.passwordSecret());
        if (auth.user() != null || password.isPresent()) {
            var user = checks.required("auth.user", auth.user(), "bellhop");
            if (password.isEmpty()) {
                checks.refuse("auth.passwordSecret", "must be given with user");
            }
            password.ifPresent(key -> ways.add(new Password(user, key)));
        }
        checks.secret("auth.tokenSecret", auth.tokenSecret()).ifPresent(key -> ways.add(new SharedToken(key)));
        checks.secret("auth.nkeySecret", auth.nkeySecret()).ifPresent(key -> ways.add(new Seed(key)));
        checks.secret("auth.credentialsSecret", auth.credentialsSecret())
                .ifPresent(key -> ways.add(new Credentials(key)));
        if (ways.size() > 1) {
            checks.refuse("auth",
                    "says more than one of user, tokenSecret, nkeySecret and credentialsSecret; choose one");
        }
        return ways.isEmpty() ? new Anonymous() : ways.getFirst();
    }

    /// What it reads of Secrets.
    default Optional<SecretKey> secret() {
        return switch (this) {
            case Anonymous() -> Optional.empty();
            case Password(var _, var key) -> Optional.of(key);
            case SharedToken(var key) -> Optional.of(key);
            case Seed(var key) -> Optional.of(key);
            case Credentials(var key) -> Optional.of(key);
        };
    }

    /// Lets a connection log in so.
    default void into(Options.Builder options, SecretReader secrets) throws Unreachable {
        switch (this) {
            case Anonymous() -> {}
            case Password(var user, var password) -> options.userInfo(user, secrets.read(password));
            case SharedToken(var token) -> options.token(secrets.read(token).toCharArray());
            case Seed(var seed) -> options.authHandler(nkey(seed, secrets.read(seed), Optional.empty()));
            case Credentials(var file) -> {
                var text = secrets.read(file);
                options.authHandler(nkey(file, block(SEED, file, text), Optional.of(block(JWT, file, text))));
            }
        }
    }

    private static Nkey nkey(SecretKey where, String seed, Optional<String> jwt) throws Unreachable {
        try {
            return Nkey.of(seed, jwt);
        } catch (GeneralSecurityException e) {
            throw new Unreachable("CredentialsUnusable", where + " cannot be used: " + e.getMessage(), e);
        }
    }

    /// What stands between two lines with dashes.
    private static String block(Pattern block, SecretKey where, String file) throws Unreachable {
        var found = block.matcher(file);
        if (!found.find()) {
            throw new Unreachable("CredentialsUnusable", where + " is no credentials file, as nsc writes it: a user JWT"
                    + " and its nkey seed, each between two lines with dashes");
        }
        return found.group(1);
    }
}
