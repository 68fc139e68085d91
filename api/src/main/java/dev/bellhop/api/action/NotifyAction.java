package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// A message to people. Exactly one of the fields is there.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NotifyAction(
        @JsonPropertyDescription("To Slack, or to what takes Slack's messages.") @Nullable SlackMessage slack,
        @JsonPropertyDescription("To a Telegram chat.") @Nullable TelegramMessage telegram,
        @JsonPropertyDescription("To a DingTalk group.") @Nullable DingTalkMessage dingtalk,
        @JsonPropertyDescription("By e-mail.") @Nullable EmailMessage email) implements ActionKind {}
