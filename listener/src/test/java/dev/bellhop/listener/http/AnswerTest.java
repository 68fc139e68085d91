package dev.bellhop.listener.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.intercept.Decision;
import dev.bellhop.engine.intercept.Decision.Credentials;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final EventId ID = new EventId("e-1");
    private static final Decision FILTERED = new Decision.Filtered("cel", "the filter is false");
    private static final Decision MISSING = new Decision.Refused(Credentials.MISSING, "github", "no signature", "");
    private static final Decision WRONG = new Decision.Refused(Credentials.WRONG, "github", "wrong signature",
            "look at it");
    private static final Decision UNDECIDED = new Decision.Failed("github", "Secret a/b does not exist", true);
    private static final Decision UNDECIDABLE = new Decision.Failed("cel", "no such key", false);

    @Test
    void anEventThatConcernsNobodyIsAccepted() {
        assertThat(answer()).isEqualTo(new Answer.Accepted(ID));
    }

    @Test
    void aFilterSpeaksBeforeRefusals() {
        assertThat(answer(FILTERED)).isInstanceOf(Answer.Accepted.class);
        assertThat(answer(WRONG, FILTERED)).isInstanceOf(Answer.Accepted.class);
        assertThat(answer(UNDECIDED, FILTERED)).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void whatEveryTriggerRefusesIsRefused() {
        assertThat(answer(MISSING, MISSING)).isEqualTo(new Answer.NotAuthenticated("no signature"));
        assertThat(answer(WRONG)).isEqualTo(new Answer.Forbidden("wrong signature"));
    }

    @Test
    void wrongCredentialsSpeakForMissingOnes() {
        assertThat(answer(MISSING, WRONG).status()).isEqualTo(403);
        assertThat(answer(WRONG, MISSING).status()).isEqualTo(403);
    }

    @Test
    void whatMayBeDecidedLaterIsToBeSentAgain() {
        assertThat(answer(UNDECIDED).status()).isEqualTo(503);
        assertThat(answer(UNDECIDED, WRONG).status()).isEqualTo(503);
    }

    @Test
    void whatWouldFailTheSameWayAgainIsNotToBeSentAgain() {
        assertThat(answer(UNDECIDABLE)).isInstanceOf(Answer.Accepted.class);
    }

    @Test
    void tellsAStrangerNothingOfTheSecret() {
        assertThat(answer(UNDECIDED).message()).doesNotContain("a/b");
        assertThat(answer(WRONG).message()).doesNotContain("look at it");
    }

    @Test
    void aTriggerThatGoesOnIsAnAcceptedEvent() {
        assertThat(answer(new Decision.Continue(JsonNodeFactory.instance.objectNode())))
                .isInstanceOf(Answer.Accepted.class);
    }

    private static Answer answer(Decision... decisions) {
        return Answer.whenNoneTakes(ID, List.of(decisions));
    }
}
