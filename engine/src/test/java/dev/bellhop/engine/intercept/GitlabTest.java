package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import dev.bellhop.engine.event.Event;
import org.junit.jupiter.api.Test;

class GitlabTest implements SenderContract {
    @Override
    public String kind() {
        return "gitlab";
    }

    @Override
    public String otherParams() {
        return ", \"eventTypes\": [\"Push Hook\"]";
    }

    @Override
    public String header() {
        return "X-Gitlab-Token";
    }

    @Override
    public Event from(String secret) {
        return Given.event("{}", Map.of("X-Gitlab-Token", secret, "X-Gitlab-Event", "Push Hook"));
    }

    @Override
    public Event forged(String secret) {
        return from(secret.substring(0, secret.length() - 1) + "?");
    }

    @Override
    public Event unproven(String secret) {
        return Given.event("{}", Map.of("X-Gitlab-Event", "Push Hook"));
    }

    @Test
    void filtersOtherEventTypes() {
        assertThat(decide(Given.event("{}", Map.of("X-Gitlab-Token", Given.SECRET, "X-Gitlab-Event", "Note Hook"))))
                .isEqualTo(new Decision.Filtered("gitlab", "event type Note Hook is not allowed"));
    }
}
