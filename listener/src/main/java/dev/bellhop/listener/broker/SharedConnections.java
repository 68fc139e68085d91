package dev.bellhop.listener.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections that actions share: one for each place and login of a tenant, closed when nobody used it for a while. Bounded: a
/// tenant that names many places does not take the process's sockets.
///
/// @param <K> what makes a connection another one; holds secrets, so that whoever knows other ones gets another connection
public final class SharedConnections<K, C extends AutoCloseable> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedConnections.class);
    private static final Duration SWEEP = Duration.ofSeconds(15);

    private final int most;
    private final Duration idle;
    private final Predicate<C> isUsable;
    private final Map<K, Shared<C>> byKey = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /// Makes a connection.
    @FunctionalInterface
    public interface Opener<C> {
        /// Blocks until it is made.
        C open() throws Unreachable, InterruptedException;
    }

    /// Uses a connection.
    @FunctionalInterface
    public interface Use<C, R> {
        /// @return what came of it
        R with(C connection) throws Unreachable, InterruptedException;
    }

    private static final class Shared<C> {
        private final ReentrantLock opening = new ReentrantLock();
        private volatile @Nullable C connection;
        private int users;
        private long usedAt;
    }

    /// @param most     how many there are at most
    /// @param idle     after how long without use one is closed
    /// @param isUsable whether one need not be made anew
    public SharedConnections(int most, Duration idle, Predicate<C> isUsable) {
        this.most = most;
        this.idle = idle;
        this.isUsable = isUsable;
        Thread.ofVirtual().name("connections-idle").start(this::sweepNowAndThen);
    }

    /// Uses the connection of `key`, which is made if it is not there or of no more use.
    public <R> R use(K key, Opener<C> opener, Use<C, R> use) throws Unreachable, InterruptedException {
        var shared = borrow(key);
        try {
            return use.with(connection(shared, opener));
        } finally {
            giveBack(shared);
        }
    }

    /// How many there are.
    public synchronized int size() {
        return byKey.size();
    }

    private synchronized Shared<C> borrow(K key) throws Unreachable {
        var shared = byKey.get(key);
        if (shared == null) {
            if (byKey.size() >= most) {
                throw new Unreachable("TooManyConnections", "there are " + most
                        + " connections to brokers already, as many as there may be; it is tried again");
            }
            shared = new Shared<>();
            byKey.put(key, shared);
        }
        shared.users++;
        return shared;
    }

    private synchronized void giveBack(Shared<C> shared) {
        shared.users--;
        shared.usedAt = System.nanoTime();
    }

    private C connection(Shared<C> shared, Opener<C> opener) throws Unreachable, InterruptedException {
        shared.opening.lockInterruptibly();
        try {
            var there = shared.connection;
            if (there != null && isUsable.test(there)) {
                return there;
            }
            if (there != null) {
                end(there);
            }
            var made = opener.open();
            shared.connection = made;
            return made;
        } finally {
            shared.opening.unlock();
        }
    }

    private void sweepNowAndThen() {
        try {
            while (!closed.await(SWEEP.toMillis(), TimeUnit.MILLISECONDS)) {
                sweep(idle);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep(Duration unused) {
        List<Shared<C>> ended = new ArrayList<>();
        synchronized (this) {
            byKey.values().removeIf(shared -> {
                boolean isOld = shared.users == 0 && System.nanoTime() - shared.usedAt >= unused.toNanos();
                if (isOld) {
                    ended.add(shared);
                }
                return isOld;
            });
        }
        for (var shared : ended) {
            var connection = shared.connection;
            if (connection != null) {
                end(connection);
            }
        }
    }

    private static void end(AutoCloseable connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.atDebug().setCause(e).log("A connection to a broker did not end cleanly");
        }
    }

    /// Closes those that nobody uses.
    @Override
    public void close() {
        closed.countDown();
        sweep(Duration.ZERO);
    }
}
