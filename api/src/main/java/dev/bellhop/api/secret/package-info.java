/// How objects name what is in a Secret, for sources and actions alike.
@NullMarked
package dev.bellhop.api.secret;

import org.jspecify.annotations.NullMarked;
