package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.action.DingTalkMessage;
import dev.bellhop.api.action.NotifyAction;
import dev.bellhop.api.action.SlackMessage;
import dev.bellhop.api.action.TelegramMessage;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.listener.outlet.Outlet.NotAllowed;
import dev.bellhop.listener.outlet.Reply;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Effect;
import org.jspecify.annotations.Nullable;

/// `notify`: sends a message to people. These services say in the body of their answers what the status does not.
final class NotifyType extends TypedAction<NotifyAction> {
    private static final String SLACK = "https://slack.com/api/";
    private static final String TELEGRAM = "https://api.telegram.org/";

    private final Posting.Sender sender;
    private final Mailing mailing;

    NotifyType(Posting.Sender sender, Mailing.Post post) {
        super("notify", "Sends a message to people: Slack, Telegram, DingTalk or e-mail.", NotifyAction.class);
        this.sender = sender;
        this.mailing = new Mailing(post);
    }

    @Override
    ActionResult act(NotifyAction spec, ActionContext context) throws IOException, InterruptedException {
        return Posting.attempt(() -> {
            var secrets = new Credentials(context);
            if (spec.slack() != null) {
                return slack(spec.slack(), secrets);
            } else if (spec.telegram() != null) {
                return telegram(spec.telegram(), secrets);
            } else if (spec.dingtalk() != null) {
                return dingTalk(spec.dingtalk(), secrets, context);
            } else if (spec.email() != null) {
                return mailing.send(spec.email(), secrets, context);
            }
            return Failed.lasting("notify says nothing: write slack, telegram, dingtalk or email");
        });
    }

    private ActionResult slack(SlackMessage spec, Credentials secrets)
            throws NotAllowed, IOException, InterruptedException, Credentials.Missing {
        var message = message("text", spec.text());
        if (spec.blocks() != null && !spec.blocks().isNull()) {
            message.set("blocks", spec.blocks());
        }
        if (spec.threadTs() != null) {
            message.put("thread_ts", spec.threadTs());
        }
        if (spec.webhook() != null) {
            return settle("slack", post(secrets.text(spec.webhook()), message, List.of()), Optional.empty());
        }
        message.put("channel", Objects.requireNonNullElse(spec.channel(), ""));
        var api = Objects.requireNonNullElse(spec.apiUrl(), SLACK);
        var headers = List.of(Posting.header("Authorization", "Bearer " + secrets.text(spec.token())));
        var sent = post(slash(api) + "chat.postMessage", message, headers);
        var said = Posting.json(sent.reply().body());
        return settle("slack", sent, said.path("ok").asBoolean()
                ? Optional.empty()
                : Optional.of(slackError(said.path("error").asText("no reason"), sent)));
    }

    /// Slack answers 200 to what it refuses.
    private static Failed slackError(String error, Sent sent) {
        boolean passing = List.of("ratelimited", "service_unavailable", "internal_error", "fatal_error",
                "request_timeout").contains(error);
        return new Failed("Slack refused the message: " + error, passing, sent.reply().retryAfter());
    }

    private ActionResult telegram(TelegramMessage spec, Credentials secrets)
            throws NotAllowed, IOException, InterruptedException, Credentials.Missing {
        var message = message("text", spec.text()).put("chat_id", Objects.requireNonNullElse(spec.chatId(), ""));
        if (spec.parseMode() != null) {
            message.put("parse_mode", spec.parseMode());
        }
        var api = Objects.requireNonNullElse(spec.apiUrl(), TELEGRAM);
        var sent = post(slash(api) + "bot" + secrets.text(spec.token()) + "/sendMessage", message, List.of());
        var said = Posting.json(sent.reply().body());
        if (sent.reply().isGood() && said.path("ok").asBoolean()) {
            return settle("telegram", sent, Optional.empty());
        }
        var after = Optional.of(said.path("parameters").path("retry_after")).filter(JsonNode::isInt)
                .map(seconds -> Duration.ofSeconds(seconds.asInt())).or(sent.reply()::retryAfter);
        return new Failed("Telegram refused the message: " + sent.reply().status() + " "
                + said.path("description").asText(""), sent.reply().mayGetBetter(), after);
    }

    private ActionResult dingTalk(DingTalkMessage spec, Credentials secrets, ActionContext context)
            throws NotAllowed, IOException, InterruptedException, Credentials.Missing {
        var text = Objects.requireNonNullElse(spec.text(), "");
        var message = JsonNodeFactory.instance.objectNode();
        if (spec.title() == null) {
            message.put("msgtype", "text").putObject("text").put("content", text);
        } else {
            message.put("msgtype", "markdown").putObject("markdown").put("title", spec.title()).put("text", text);
        }
        var url = secrets.text(spec.webhook());
        if (spec.signingSecret() != null) {
            var time = context.clock().millis();
            var signature = Base64.getEncoder().encodeToString(hmac(secrets.text(spec.signingSecret()), time));
            url += (url.contains("?") ? "&" : "?") + "timestamp=" + time + "&sign="
                    + URLEncoder.encode(signature, StandardCharsets.UTF_8);
        }
        var sent = post(url, message, List.of());
        var said = Posting.json(sent.reply().body());
        int code = said.path("errcode").asInt(-1);
        // -1: busy; 130101 and 410100: too many messages.
        return settle("dingtalk", sent, code == 0
                ? Optional.empty()
                : Optional.of(new Failed("DingTalk refused the message: " + code + " " + said.path("errmsg").asText(""),
                        List.of(-1, 130101, 410100).contains(code), sent.reply().retryAfter())));
    }

    /// As DingTalk signs: time and secret, under the secret.
    private static byte[] hmac(String secret, long time) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal((time + "\n" + secret).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private record Sent(Outgoing request, Reply reply) {}

    private static ObjectNode message(String field, @Nullable String text) {
        return JsonNodeFactory.instance.objectNode().put(field, Objects.requireNonNullElse(text, ""));
    }

    private Sent post(String url, ObjectNode message, List<Map.Entry<String, String>> more)
            throws NotAllowed, IOException, InterruptedException {
        var headers = new ArrayList<Map.Entry<String, String>>(more);
        headers.add(Posting.header("Content-Type", "application/json; charset=utf-8"));
        var request = Outgoing.to(Posting.url(url), "POST", headers, message.toString(), Posting.TIMEOUT).secret();
        return new Sent(request, sender.send(request));
    }

    private static ActionResult settle(String service, Sent sent, Optional<Failed> refusal) {
        if (!sent.reply().isGood()) {
            return Posting.failed(sent.request(), sent.reply());
        }
        return refusal.<ActionResult>map(failed -> failed)
                .orElseGet(() -> Done.of(Effect.outside("sent", "message", "to " + service)));
    }

    private static String slash(String url) {
        return url.endsWith("/") ? url : url + "/";
    }
}
