/// The journal on SQLite: one file per process, in WAL mode, synced before anything is acknowledged. Begin at
/// [SqliteJournal]. One thread, the [Committer], writes; it puts what waits into one transaction, so that one sync serves
/// many events. [ReadyQueue] knows in memory what is due, [Reader] reads back, [Room] deals with a full disk,
/// [Mender] with damaged files.
///
/// SQLite's native library is unpacked into `java.io.tmpdir`. Where that is read-only or mounted `noexec`, set the system
/// property `org.sqlite.tmpdir` to a directory that is neither.
@NullMarked
package dev.bellhop.listener.journal.sqlite;

import org.jspecify.annotations.NullMarked;
