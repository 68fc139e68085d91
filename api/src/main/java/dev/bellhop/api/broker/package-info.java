/// The fields that sources and actions share which talk to a message broker: who one is to it, and how the connection is encrypted.
@NullMarked
package dev.bellhop.api.broker;

import org.jspecify.annotations.NullMarked;
