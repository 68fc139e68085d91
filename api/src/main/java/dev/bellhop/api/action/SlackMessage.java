package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.secret.SecretKeyRef;
import org.jspecify.annotations.Nullable;

/// A message to Slack. Either webhook, or token and channel.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SlackMessage(
        @JsonPropertyDescription("The URL of an incoming webhook.") @Nullable SecretKeyRef webhook,
        @JsonPropertyDescription("A bot token.") @Nullable SecretKeyRef token,
        @JsonPropertyDescription("The channel, with token.") @Nullable String channel,
        @JsonPropertyDescription("The message.") @Nullable String text,
        @JsonPropertyDescription("The message as a list of Slack's blocks; text is shown where blocks are not.") @AnyJson @Nullable JsonNode blocks,
        @JsonPropertyDescription("The message that this one answers.") @Nullable String threadTs,
        @JsonPropertyDescription("Default: https://slack.com/api/.") @Nullable String apiUrl) {}
