package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.Event;
import org.junit.jupiter.api.Test;

/// What every interceptor promises.
interface InterceptorContract {
    /// The interceptor that is tested; it may look up what is in [Given#SECRETS].
    Interceptor interceptor();

    /// An event that it lets go on.
    Event passing();

    @Test
    default void letsAPassingEventGoOn() {
        assertThat(decide(passing())).isInstanceOf(Decision.Continue.class);
    }

    @Test
    default void givesTheSameAnswerTwice() {
        var interceptor = interceptor();
        var first = interceptor.intercept(passing(), Given.extensions(), Given.SECRETS);
        assertThat(interceptor.intercept(passing(), Given.extensions(), Given.SECRETS)).isEqualTo(first);
    }

    @Test
    default void leavesTheExtensionsItIsGivenAsTheyAre() {
        var extensions = Given.extensions();
        interceptor().intercept(passing(), extensions, Given.SECRETS);
        assertThat(extensions).isEqualTo(Given.extensions());
    }

    @Test
    default void leavesTheEventAsItIsWhateverBecomesOfItsExtensions() {
        var event = passing();
        var before = event.body().json().deepCopy();
        if (interceptor().intercept(event, Given.extensions(), Given.SECRETS) instanceof Decision.Continue(var added)) {
            spoil(added);
        }
        assertThat(event.body().json()).isEqualTo(before);
    }

    @Test
    default void answersSeveralThreadsAlike() throws Exception {
        var interceptor = interceptor();
        var expected = interceptor.intercept(passing(), Given.extensions(), Given.SECRETS);
        Callable<Decision> ask = () -> interceptor.intercept(passing(), Given.extensions(), Given.SECRETS);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var answer : threads.invokeAll(IntStream.range(0, 400).mapToObj(_ -> ask).toList())) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }

    /// What the interceptor says of an event.
    default Decision decide(Event event) {
        return interceptor().intercept(event, Given.extensions(), Given.SECRETS);
    }

    private static void spoil(JsonNode node) {
        List.copyOf(node.valueStream().toList()).forEach(InterceptorContract::spoil);
        switch (node) {
            case ObjectNode object -> object.put("spoilt", true);
            case ArrayNode array -> array.add("spoilt");
            default -> {}
        }
    }
}
