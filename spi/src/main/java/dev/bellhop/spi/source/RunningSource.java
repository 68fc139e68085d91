package dev.bellhop.spi.source;

/// A source that brings events until it is closed.
public interface RunningSource extends AutoCloseable {
    /// Ends it: after it returns nothing more is emitted. May take as long as one event takes, 10 s at most. What was emitted and
    /// not yet answered is for the next start to bring again.
    @Override
    void close();
}
