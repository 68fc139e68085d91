package dev.bellhop.engine.intercept;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.engine.intercept.Preset.Evidence;
import dev.bellhop.engine.intercept.SignedTimestamp.Place;
import dev.bellhop.engine.intercept.SignedTimestamp.Unit;

/// The presets of the interceptor `hmac` by name, in the order of the documentation, which lists them from here.
final class Presets {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final HmacAlgorithm SHA256 = HmacAlgorithm.SHA256;

    private static final Map<String, Preset> ALL = new LinkedHashMap<>();

    static {
        example("github", "GitHub", Senders.GITHUB_SCHEME);
        published("gitlab", "GitLab with a signing token", standardWebhooks("webhook"));
        example("bitbucket", "Bitbucket Cloud, Bitbucket Data Center", hex("X-Hub-Signature", "sha256="));
        published("gitea", "Gitea", hex("X-Gitea-Signature", ""));
        published("forgejo", "Forgejo", hex("X-Forgejo-Signature", ""));
        published("gogs", "Gogs", hex("X-Gogs-Signature", ""));
        published("jira", "Jira Cloud, for webhooks with a secret", hex("X-Hub-Signature", "sha256="));
        published("linear", "Linear", hex("Linear-Signature", "")
                .at(new SignedTimestamp(new Place.BodyField("webhookTimestamp"), Unit.MS, Duration.ofMinutes(1))));
        published("clickup", "ClickUp", hex("X-Signature", ""));
        example("slack", "Slack",
                hex("X-Slack-Signature", "v0=").signing("v0:{timestamp}:{body}")
                        .at(inHeader("X-Slack-Request-Timestamp")));
        remembered("zoom", "Zoom",
                hex("x-zm-signature", "v0=").signing("v0:{timestamp}:{body}").at(inHeader("x-zm-request-timestamp")));
        remembered("meta", "Meta: Facebook, Instagram, WhatsApp", hex("X-Hub-Signature-256", "sha256="));
        remembered("x", "X, formerly Twitter", base64("X-Twitter-Webhooks-Signature", "sha256="));
        remembered("dropbox", "Dropbox", hex("X-Dropbox-Signature", ""));
        published("stripe", "Stripe",
                hex("Stripe-Signature", "v1=").separatedBy(",").signing("{timestamp}.{body}").at(beside("t=")));
        published("shopify", "Shopify", base64("X-Shopify-Hmac-Sha256", ""));
        published("paddle", "Paddle",
                hex("Paddle-Signature", "h1=").separatedBy(";").signing("{timestamp}:{body}").at(beside("ts=")));
        remembered("calendly", "Calendly",
                hex("Calendly-Webhook-Signature", "v1=").separatedBy(",").signing("{timestamp}.{body}")
                        .at(beside("t=")));
        published("nexus", "Sonatype Nexus",
                HmacScheme.ofBody("X-Nexus-Webhook-Signature", "", HmacAlgorithm.SHA1, Encoding.HEX));
        published("jfrog", "JFrog Artifactory with payload signing", hex("X-JFrog-Event-Auth", ""));
        remembered("circleci", "CircleCI", hex("circleci-signature", "v1=").separatedBy(","));
        remembered("vercel", "Vercel", HmacScheme.ofBody("x-vercel-signature", "", HmacAlgorithm.SHA1, Encoding.HEX));
        remembered("terraform-cloud", "HCP Terraform, Terraform Enterprise",
                HmacScheme.ofBody("X-TFE-Notification-Signature", "", HmacAlgorithm.SHA512, Encoding.HEX));
        remembered("sonarqube", "SonarQube, SonarCloud", hex("X-Sonar-Webhook-HMAC-SHA256", ""));
        remembered("sentry", "Sentry", hex("Sentry-Hook-Signature", ""));
        published("pagerduty", "PagerDuty v3", hex("X-PagerDuty-Signature", "v1=").separatedBy(","));
        published("rootly", "Rootly",
                hex("X-Rootly-Signature", "v1=").separatedBy(",").signing("{timestamp}{body}").at(beside("t=")));
        published("hookdeck", "Hookdeck", base64("x-hookdeck-signature", ""));
        example("standard-webhooks", "Every sender that follows Standard Webhooks", standardWebhooks("webhook"));
        example("svix", "Every sender behind Svix: Resend, Clerk, …", standardWebhooks("svix"));
    }

    private Presets() {}

    /// The preset of that name.
    static Optional<Preset> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /// Every preset by name.
    static Map<String, Preset> all() {
        return Collections.unmodifiableMap(ALL);
    }

    private static void example(String name, String sender, HmacScheme scheme) {
        ALL.put(name, new Preset(sender, Evidence.EXAMPLE, scheme));
    }

    private static void published(String name, String sender, HmacScheme scheme) {
        ALL.put(name, new Preset(sender, Evidence.PUBLISHED, scheme));
    }

    private static void remembered(String name, String sender, HmacScheme scheme) {
        ALL.put(name, new Preset(sender, Evidence.NOTHING, scheme));
    }

    private static HmacScheme hex(String header, String prefix) {
        return HmacScheme.ofBody(header, prefix, SHA256, Encoding.HEX);
    }

    private static HmacScheme base64(String header, String prefix) {
        return HmacScheme.ofBody(header, prefix, SHA256, Encoding.BASE64);
    }

    private static HmacScheme standardWebhooks(String family) {
        return base64(family + "-signature", "v1,").separatedBy(" ").signing("{id}.{timestamp}.{body}")
                .at(inHeader(family + "-timestamp")).withId(family + "-id").withSecretIn(Encoding.BASE64, "whsec_");
    }

    private static SignedTimestamp inHeader(String name) {
        return new SignedTimestamp(new Place.Header(name), Unit.S, FIVE_MINUTES);
    }

    private static SignedTimestamp beside(String prefix) {
        return new SignedTimestamp(new Place.BesideSignature(prefix), Unit.S, FIVE_MINUTES);
    }
}
