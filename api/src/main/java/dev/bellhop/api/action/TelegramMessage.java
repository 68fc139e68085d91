package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.secret.SecretKeyRef;
import org.jspecify.annotations.Nullable;

/// A message to a Telegram chat.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TelegramMessage(
        @JsonPropertyDescription("The bot's token.") @Nullable SecretKeyRef token,
        @JsonPropertyDescription("The chat: a number, or @ and a name.") @Nullable String chatId,
        @JsonPropertyDescription("The message.") @Nullable String text,
        @JsonPropertyDescription("MarkdownV2, HTML or Markdown. Default: plain text.") @Nullable String parseMode,
        @JsonPropertyDescription("Default: https://api.telegram.org/.") @Nullable String apiUrl) {}
