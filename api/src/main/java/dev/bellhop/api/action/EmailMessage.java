package dev.bellhop.api.action;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.secret.SecretKeyRef;
import org.jspecify.annotations.Nullable;

/// A message by e-mail.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EmailMessage(
        @JsonPropertyDescription("The mail server.") @Nullable String host,
        @JsonPropertyDescription("Its port. Default: 587 for starttls, 465 for tls, 25 for none.") @Nullable Integer port,
        @JsonPropertyDescription("How the connection is encrypted: starttls (default: it begins in the clear, and nothing is sent before it is encrypted), tls, or none.") @Nullable String tls,
        @JsonPropertyDescription("The certificates to trust, in PEM. Default: those that Java trusts.") @Nullable SecretKeyRef caSecret,
        @JsonPropertyDescription("Who one is to the server. Default: nobody.") @Nullable String user,
        @JsonPropertyDescription("The user's password. Not with tls: none.") @Nullable SecretKeyRef passwordSecret,
        @JsonPropertyDescription("The sender, such as bellhop@example.com or Bellhop <bellhop@example.com>.") @Nullable String from,
        @JsonPropertyDescription("The recipients, one address each.") @Nullable List<String> to,
        @JsonPropertyDescription("The subject.") @Nullable String subject,
        @JsonPropertyDescription("The message: plain text.") @Nullable String text,
        @JsonPropertyDescription("How long all of it may take, from 1s to 60s. Default: 10s.") @Nullable String timeout) {}
