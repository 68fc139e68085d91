/// What sources and actions share that talk to a message broker: how a connection is encrypted and opened, what a CloudEvent looks
/// like there, and how the fields of a spec are read. Begin with [SecretReader] and [CloudEvent]; each broker has a package below.
@NullMarked
package dev.bellhop.listener.broker;

import org.jspecify.annotations.NullMarked;
