/// Events by the clock: [CronType] reads what an EventSource says, a [Timetable] knows the times, [CronSource] waits for them.
@NullMarked
package dev.bellhop.listener.source.cron;

import org.jspecify.annotations.NullMarked;
