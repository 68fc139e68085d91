package dev.bellhop.listener.broker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does something that takes a broker, for ever: when it fails, says so, waits and begins again. [#stop] ends it.
public final class Perseverance {
    private static final Logger LOG = LoggerFactory.getLogger(Perseverance.class);

    private final Session session;
    private final Health health;
    private final Thread thread;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();

    /// Connects, works until the connection is of no more use or [Perseverance#isStopping], and cleans up.
    @FunctionalInterface
    public interface Session {
        /// @param pace to be reset once the connection proved useful
        void run(Backoff pace) throws Unreachable, InterruptedException;
    }

    /// @param threads makes the thread that all of it happens on
    public Perseverance(Thread.Builder threads, Health health, Session session) {
        this.session = session;
        this.health = health;
        thread = threads.unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Whether the session has to come to its end.
    public boolean isStopping() {
        return stopped.getCount() == 0;
    }

    /// Waits, at most until [#stop].
    public void pause(Duration time) throws InterruptedException {
        if (stopped.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.atDebug().log("A wait for a broker ends early");
        }
    }

    /// Lets the session end and waits for that; interrupts it when it takes longer than `patience`.
    public void stop(Duration patience) {
        stopped.countDown();
        try {
            if (!thread.join(patience)) {
                thread.interrupt();
                thread.join(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isStopping()) {
            try {
                session.run(backoff);
            } catch (Unreachable e) {
                LOG.atDebug().setCause(e).log("A broker cannot be used");
                health.disconnected(e);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("A broker's source failed");
                health.disconnected(new Unreachable("Failed", Causes.told(e), e));
            }
            try {
                pause(backoff.next());
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
