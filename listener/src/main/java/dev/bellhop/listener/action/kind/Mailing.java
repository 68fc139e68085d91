package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

import dev.bellhop.api.action.EmailMessage;
import dev.bellhop.api.secret.SecretKeyRef;
import dev.bellhop.listener.broker.BrokerTls;
import dev.bellhop.listener.broker.SecretKey;
import dev.bellhop.listener.broker.Unreachable;
import dev.bellhop.listener.outlet.Letter;
import dev.bellhop.listener.outlet.MailOutlet.Handed;
import dev.bellhop.listener.outlet.MailServer;
import dev.bellhop.listener.outlet.MailServer.Encryption;
import dev.bellhop.listener.outlet.MailServer.Login;
import dev.bellhop.listener.outlet.Outlet.NotAllowed;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Effect;
import org.jspecify.annotations.Nullable;

/// `notify.email`: makes a letter and says where it goes.
record Mailing(Post post) {
    /// Hands a letter over.
    @FunctionalInterface
    interface Post {
        Handed send(MailServer server, Letter letter) throws NotAllowed, IOException, InterruptedException;
    }

    ActionResult send(EmailMessage spec, Credentials secrets, ActionContext context)
            throws NotAllowed, IOException, InterruptedException, Credentials.Missing {
        var server = server(spec, secrets);
        var letter = letter(spec, context);
        return switch (post.send(server, letter)) {
            case Handed.Over() -> Done.of(Effect.outside("sent", "message", "to " + (letter.to().size() == 1
                    ? "1 recipient"
                    : letter.to().size() + " recipients") + " by " + server));
            // A wrong password can be mended, as with HTTP.
            case Handed.Refused(int code, var why) -> new Failed(server + " refused the mail: " + code + " " + why,
                    code < 500 || code == 530 || code == 534 || code == 535, Optional.empty());
        };
    }

    private static Letter letter(EmailMessage spec, ActionContext context) {
        var to = Objects.requireNonNullElse(spec.to(), List.<String>of()).stream().map(Letter::address).toList();
        if (to.isEmpty()) {
            throw new IllegalArgumentException("email.to is empty");
        }
        return new Letter(context.idempotencyKey() + "@bellhop.dev", context.clock().instant(),
                Letter.address(Objects.requireNonNullElse(spec.from(), "")), to,
                Objects.requireNonNullElse(spec.subject(), ""), Objects.requireNonNullElse(spec.text(), ""));
    }

    private static MailServer server(EmailMessage spec, Credentials secrets) throws IOException, Credentials.Missing {
        var encryption = encryption(Objects.requireNonNullElse(spec.tls(), "starttls"));
        int usual = switch (encryption) {
            case STARTTLS -> 587;
            case TLS -> 465;
            case NONE -> 25;
        };
        var login = Optional.<Login>empty();
        if (spec.user() != null) {
            if (encryption == Encryption.NONE) {
                throw new IllegalArgumentException("email.tls: none would send the password for all to read");
            }
            login = Optional.of(new Login(spec.user(), secrets.text(spec.passwordSecret())));
        }
        return new MailServer(Objects.requireNonNullElse(spec.host(), ""),
                Objects.requireNonNullElse(spec.port(), usual), encryption, login, trust(spec.caSecret(), secrets),
                Posting.timeout(spec.timeout()));
    }

    private static Encryption encryption(String written) {
        return switch (written) {
            case "starttls" -> Encryption.STARTTLS;
            case "tls" -> Encryption.TLS;
            case "none" -> Encryption.NONE;
            default -> throw new IllegalArgumentException("email.tls '" + written + "' must be starttls, tls or none");
        };
    }

    private static Optional<SSLContext> trust(@Nullable SecretKeyRef ca, Credentials secrets)
            throws IOException, Credentials.Missing {
        if (ca == null) {
            return Optional.empty();
        }
        var pem = secrets.text(ca);
        var key = new SecretKey(Objects.requireNonNullElse(ca.secretName(), ""),
                Objects.requireNonNullElse(ca.secretKey(), ""));
        try {
            return Optional.of(new BrokerTls(Optional.of(key), Optional.empty()).context((_, _) -> Optional.of(pem)));
        } catch (Unreachable e) {
            throw new Credentials.Missing(String.valueOf(e.getMessage()));
        }
    }
}
