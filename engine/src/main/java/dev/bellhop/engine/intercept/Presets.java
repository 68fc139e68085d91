package dev.bellhop.engine.intercept;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.bellhop.engine.intercept.SignedTimestamp.Place;
import dev.bellhop.engine.intercept.SignedTimestamp.Unit;

/// The schemes of known senders by name, in the order of the documentation.
final class Presets {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    /// Every preset.
    static final Map<String, HmacScheme> ALL = all();

    private Presets() {}

    private static Map<String, HmacScheme> all() {
        var all = new LinkedHashMap<String, HmacScheme>();
        all.put("github", Senders.GITHUB_SCHEME);
        all.put("gitlab", standardWebhooks("webhook"));
        all.put("bitbucket", hex("X-Hub-Signature", "sha256="));
        all.put("gitea", hex("X-Gitea-Signature", ""));
        all.put("forgejo", hex("X-Forgejo-Signature", ""));
        all.put("gogs", hex("X-Gogs-Signature", ""));
        all.put("jira", hex("X-Hub-Signature", "sha256="));
        all.put("linear", hex("Linear-Signature", "")
                .at(new SignedTimestamp(new Place.BodyField("webhookTimestamp"), Unit.MS, Duration.ofMinutes(1))));
        all.put("clickup", hex("X-Signature", ""));
        all.put("slack", hex("X-Slack-Signature", "v0=").signing("v0:{timestamp}:{body}")
                .at(inHeader("X-Slack-Request-Timestamp")));
        all.put("zoom", hex("X-Zm-Signature", "v0=").signing("v0:{timestamp}:{body}")
                .at(inHeader("X-Zm-Request-Timestamp")));
        all.put("meta", hex("X-Hub-Signature-256", "sha256="));
        all.put("x",
                HmacScheme.ofBody("X-Twitter-Webhooks-Signature", "sha256=", HmacAlgorithm.SHA256, Encoding.BASE64));
        all.put("dropbox", hex("X-Dropbox-Signature", ""));
        all.put("stripe", hex("Stripe-Signature", "v1=").separatedBy(",").signing("{timestamp}.{body}")
                .at(beside("t=")));
        all.put("shopify", HmacScheme.ofBody("X-Shopify-Hmac-Sha256", "", HmacAlgorithm.SHA256, Encoding.BASE64));
        all.put("paddle", hex("Paddle-Signature", "h1=").separatedBy(";").signing("{timestamp}:{body}")
                .at(beside("ts=")));
        all.put("calendly", hex("Calendly-Webhook-Signature", "v1=").separatedBy(",").signing("{timestamp}.{body}")
                .at(beside("t=")));
        all.put("nexus", HmacScheme.ofBody("X-Nexus-Webhook-Signature", "", HmacAlgorithm.SHA1, Encoding.HEX));
        all.put("jfrog", hex("X-Jfrog-Event-Auth", ""));
        all.put("circleci", hex("Circleci-Signature", "v1=").separatedBy(","));
        all.put("vercel", HmacScheme.ofBody("X-Vercel-Signature", "", HmacAlgorithm.SHA1, Encoding.HEX));
        all.put("terraform-cloud",
                HmacScheme.ofBody("X-Tfe-Notification-Signature", "", HmacAlgorithm.SHA512, Encoding.HEX));
        all.put("sonarqube", hex("X-Sonar-Webhook-Hmac-Sha256", ""));
        all.put("sentry", hex("Sentry-Hook-Signature", ""));
        all.put("pagerduty", hex("X-Pagerduty-Signature", "v1=").separatedBy(","));
        all.put("rootly", hex("X-Rootly-Signature", "v1=").separatedBy(",").signing("{timestamp}{body}")
                .at(beside("t=")));
        all.put("hookdeck", HmacScheme.ofBody("X-Hookdeck-Signature", "", HmacAlgorithm.SHA256, Encoding.BASE64));
        all.put("standard-webhooks", standardWebhooks("webhook"));
        all.put("svix", standardWebhooks("svix"));
        return all;
    }

    private static HmacScheme hex(String header, String prefix) {
        return HmacScheme.ofBody(header, prefix, HmacAlgorithm.SHA256, Encoding.HEX);
    }

    private static HmacScheme standardWebhooks(String family) {
        return HmacScheme.ofBody(family + "-signature", "v1,", HmacAlgorithm.SHA256, Encoding.BASE64)
                .separatedBy(" ")
                .signing("{id}.{timestamp}.{body}")
                .at(inHeader(family + "-timestamp"))
                .withId(family + "-id")
                .withSecretIn(Encoding.BASE64, "whsec_");
    }

    private static SignedTimestamp inHeader(String name) {
        return new SignedTimestamp(new Place.Header(name), Unit.S, FIVE_MINUTES);
    }

    private static SignedTimestamp beside(String prefix) {
        return new SignedTimestamp(new Place.BesideSignature(prefix), Unit.S, FIVE_MINUTES);
    }
}
