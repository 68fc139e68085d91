package dev.bellhop.api.broker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.bellhop.api.secret.SecretKeyRef;
import org.jspecify.annotations.Nullable;

/// Who one is to a NATS server. Exactly one way: `user` with `passwordSecret`, `tokenSecret`, `nkeySecret` or
/// `credentialsSecret`.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NatsAuthSpec(
        @JsonPropertyDescription("User name; with passwordSecret.") @Nullable String user,
        @JsonPropertyDescription("Where the password of user is.") @Nullable SecretKeyRef passwordSecret,
        @JsonPropertyDescription("Where a token is.") @Nullable SecretKeyRef tokenSecret,
        @JsonPropertyDescription("Where the seed of an nkey is (SU…).") @Nullable SecretKeyRef nkeySecret,
        @JsonPropertyDescription("Where a credentials file is, as nsc writes it: a user JWT and its nkey seed.") @Nullable SecretKeyRef credentialsSecret) {}
