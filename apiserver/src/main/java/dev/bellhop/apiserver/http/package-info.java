/// The door: requests come in at [Front], are taken apart into a [Call], answered by the [Desk] or, for watches, kept open.
@NullMarked
package dev.bellhop.apiserver.http;

import org.jspecify.annotations.NullMarked;
