/// What senders notice of a rolling update: [RollingCommand] replaces listeners that share a database one by one under load, as
/// `config/postgres` has Kubernetes do it, and counts every answer.
@NullMarked
package dev.bellhop.bench.rolling;

import org.jspecify.annotations.NullMarked;
