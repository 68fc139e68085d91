package dev.bellhop.spi.source;

/// A source that brings events until it is closed.
public interface RunningSource extends AutoCloseable {
    /// Ends it: after it returns nothing more is emitted. May take as long as one event takes, 10 s at most. What was emitted and
    /// not yet answered is for the next start to bring again.
    @Override
    void close();

    /// Called after [#close], when nobody goes on with it: its EventSource was deleted, rests, or is not sound any more. Whoever
    /// brings the events elsewhere can be told. Runs beside everything else and may take a minute. Not called when another
    /// process takes over, nor when this one ends or dies: what depends on it must get by without.
    default void withdrawn() throws Exception {}
}
