package dev.bellhop.listener.journal.intake;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import dev.bellhop.listener.journal.stored.MemoryReader;
import dev.bellhop.listener.journal.stored.RowReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells once of each delivery, and of each entry of what a source remembers, that somebody came upon and found damaged.
public final class Damages {
    private static final Logger LOG = LoggerFactory.getLogger(Damages.class);

    /// Beyond so many the disk is past telling one by one.
    private static final int MOST = 10_000;

    private final AtomicLong count;
    private final Set<Long> known = ConcurrentHashMap.newKeySet();
    private final Set<MemoryReader.Found> forgotten = ConcurrentHashMap.newKeySet();

    /// `count` is raised by each.
    public Damages(AtomicLong count) {
        this.count = count;
    }

    /// One was found; told the first time.
    public void found(RowReader.Found found) {
        if (known.size() < MOST && known.add(found.seq())) {
            count.incrementAndGet();
            LOG.atError().addKeyValue("delivery", found.id()).addKeyValue("why", found.why())
                    .log("Delivery is corrupt");
        }
    }

    /// An entry was found, and is passed over; told the first time.
    public void found(MemoryReader.Found found) {
        if (forgotten.size() < MOST && forgotten.add(found)) {
            count.incrementAndGet();
            LOG.atError().addKeyValue("source", found.source()).addKeyValue("key", found.key())
                    .log("What a source remembers is corrupt: it is as if it had not remembered it");
        }
    }
}
