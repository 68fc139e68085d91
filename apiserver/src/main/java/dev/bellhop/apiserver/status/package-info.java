/// Every answer that is not a success, as the Status object a real API server sends. Begin at [Refusal].
///
/// A refusal ends the request wherever it is found, many calls below the door, and nothing on the way can act on it. It
/// therefore travels as an exception, without a stack trace, and the door turns it into the answer.
@NullMarked
package dev.bellhop.apiserver.status;

import org.jspecify.annotations.NullMarked;
