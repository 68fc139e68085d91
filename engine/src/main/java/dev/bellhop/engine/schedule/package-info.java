/// Times that come again, as cron writes them: [Schedule].
@NullMarked
package dev.bellhop.engine.schedule;

import org.jspecify.annotations.NullMarked;
