/// What every kind of event source must pass: its test implements [SourceContract].
@NullMarked
package dev.bellhop.spi.source;

import org.jspecify.annotations.NullMarked;
