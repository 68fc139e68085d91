package dev.bellhop.cli.test;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.bellhop.cli.send.GithubSignature;
import dev.bellhop.engine.secret.Token;

/// How a request of a test proves its sender, by the name that stands in the request file.
enum SigningScheme {
    github, gitlab, bitbucket;

    /// The header that a sender with this secret would send with the body.
    Map.Entry<String, String> sign(Token secret, byte[] body) {
        return switch (this) {
            case github -> Map.entry(GithubSignature.HEADER, GithubSignature.of(secret, body));
            case bitbucket -> Map.entry("X-Hub-Signature", GithubSignature.of(secret, body));
            case gitlab -> Map.entry("X-Gitlab-Token", new String(secret.bytes(), StandardCharsets.UTF_8));
        };
    }
}
