package dev.bellhop.api.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.secret.SecretKeyRef;
import org.jspecify.annotations.Nullable;

/// A message to a DingTalk group.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DingTalkMessage(
        @JsonPropertyDescription("The URL of the group's robot.") @Nullable SecretKeyRef webhook,
        @JsonPropertyDescription("The robot's secret, if it wants messages signed.") @Nullable SecretKeyRef signingSecret,
        @JsonPropertyDescription("The message.") @Nullable String text,
        @JsonPropertyDescription("With a title the text is Markdown.") @Nullable String title) {}
