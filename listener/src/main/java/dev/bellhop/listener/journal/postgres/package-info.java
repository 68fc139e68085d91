/// The journal on PostgreSQL: several replicas share one database and its work. Begin at [PostgresJournal]. As with SQLite
/// one thread, the [Committer], writes what waits in one transaction. A replica holds some of what is due, a few of each
/// Trigger, as long as its [Lease] lives; rows of a lease that ended are free again, and what their old holder says of them
/// is not heeded.
@NullMarked
package dev.bellhop.listener.journal.postgres;

import org.jspecify.annotations.NullMarked;
