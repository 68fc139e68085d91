package dev.bellhop.listener.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.Test;

class ReadingTest {
    private final Map<String, Handler<Object>> handlers = new HashMap<>();
    private final List<Reading.End> ends = new ArrayList<>();
    private final InFlight inFlight = new InFlight(12);

    @Test
    void aBodyIsWholeAtItsEnd() {
        var reading = read(10);
        chunk("12345");
        chunk("67890");
        assertThat(ends).isEmpty();
        end();
        assertThat(ends).singleElement().isInstanceOfSatisfying(Reading.End.Whole.class,
                whole -> assertThat(whole.body()).asString().isEqualTo("1234567890"));
        assertThat(inFlight.held()).as("until it is answered").isEqualTo(10);
        reading.release();
        assertThat(inFlight.held()).isZero();
    }

    @Test
    void refusesABodyOneByteOverTheLimit() {
        read(10);
        chunk("1234567890");
        chunk("1");
        end();
        assertThat(ends).containsExactly(new Reading.End.TooLarge());
    }

    @Test
    void refusesWhatDoesNotFitBesideTheOthers() {
        read(10);
        chunk("12345");
        read(10);
        chunk("12345678");
        assertThat(ends).containsExactly(new Reading.End.Overloaded());
        assertThat(inFlight.held()).isEqualTo(5);
    }

    @Test
    void endsOnceWhateverComesAfterwards() {
        var reading = read(10);
        reading.giveUp();
        chunk("1");
        end();
        handlers.get("exceptionHandler").handle(new IllegalStateException("closed"));
        assertThat(ends).containsExactly(new Reading.End.TooSlow());
        assertThat(inFlight.held()).isZero();
    }

    @Test
    void noticesASenderWhoGoesAway() {
        var reading = read(10);
        chunk("123");
        handlers.get("exceptionHandler").handle(new IllegalStateException("closed"));
        assertThat(ends).containsExactly(new Reading.End.Gone());
        reading.release();
        reading.release();
        assertThat(inFlight.held()).as("given back once").isZero();
    }

    private Reading read(int maxBytes) {
        var reading = new Reading(request(), maxBytes, inFlight, 0, ends::add);
        reading.start();
        return reading;
    }

    private void chunk(String text) {
        handlers.get("handler").handle(Buffer.buffer(text));
    }

    private void end() {
        handlers.get("endHandler").handle(null);
    }

    /// A request of which only the handlers matter.
    @SuppressWarnings("unchecked")
    private HttpServerRequest request() {
        return (HttpServerRequest) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{HttpServerRequest.class},
                (proxy, method, arguments) -> {
                    handlers.put(method.getName(), (Handler<Object>) arguments[0]);
                    return proxy;
                });
    }
}
