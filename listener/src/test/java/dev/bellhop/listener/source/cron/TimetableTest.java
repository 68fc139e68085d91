package dev.bellhop.listener.source.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimetableTest {
    private static final YAMLMapper YAML = new YAMLMapper();

    @ParameterizedTest(name = "{0} from {1}")
    @CsvSource(delimiter = '|', textBlock = """
            {schedule: '* * * * *'}                                       | 2026-01-01T00:00:30Z | 2026-01-01T00:01:00Z 2026-01-01T00:02:00Z
            {schedule: '@hourly'}                                         | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00Z 2026-01-01T02:00:00Z
            {schedule: '0 9 * * 1-5', timeZone: America/New_York}         | 2026-01-02T14:00:00Z | 2026-01-05T14:00:00Z 2026-01-06T14:00:00Z
            {schedule: '0 9 * * *', timezone: America/New_York}           | 2026-03-07T14:00:00Z | 2026-03-08T13:00:00Z 2026-03-09T13:00:00Z
            {schedule: 'CRON_TZ=Asia/Shanghai 0 8 * * *', timeZone: UTC}  | 2026-01-01T00:00:01Z | 2026-01-02T00:00:00Z 2026-01-03T00:00:00Z
            {schedule: '0 0 29 2 *'}                                      | 2026-01-01T00:00:00Z | 2028-02-29T00:00:00Z 2032-02-29T00:00:00Z
            {schedule: '0 12 * * *', exclusionDates: [2026-12-25]}        | 2026-12-24T12:00:00Z | 2026-12-26T12:00:00Z 2026-12-27T12:00:00Z
            {schedule: '0 12 * * *', exclusionDates: ['EXDATE:20261225T000000Z,20261226T000000Z']} | 2026-12-24T12:00:00Z | 2026-12-27T12:00:00Z 2026-12-28T12:00:00Z
            {interval: 10s}                                               | 2026-01-01T00:00:25Z | 2026-01-01T00:00:30Z 2026-01-01T00:00:40Z
            {schedule: '@every 1h30m'}                                    | 2026-01-01T00:00:00Z | 2026-01-01T01:30:00Z 2026-01-01T03:00:00Z
            {interval: 12h, exclusionDates: [2026-01-02]}                 | 2026-01-01T12:00:00Z | 2026-01-03T00:00:00Z 2026-01-03T12:00:00Z
            """)
    void givesTheNextTimes(String spec, Instant from, String times) throws JsonProcessingException {
        var plan = CronPlan.read(yaml(spec)).plan().orElseThrow();
        var start = Instant.parse("2026-01-01T00:00:00Z");
        var found = new ArrayList<Instant>();
        var time = from;
        for (int i = 0; i < 2; i++) {
            time = plan.timetable().after(time, start).orElseThrow();
            found.add(time);
        }
        assertThat(found).isEqualTo(List.of(times.split(" ")).stream().map(Instant::parse).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                              | schedule is missing
            {schedule: '* * * * *', interval: 10s}          | interval: write schedule or interval, not both
            {schedule: 'every day'}                         | schedule 'every day' is not one
            {schedule: '0 0 30 2 *'}                        | schedule '0 0 30 2 *' never comes
            {schedule: '99 * * * *'}                        | schedule '99 * * * *' is not one
            {schedule: '* * * * *', timeZone: Berlin}       | timeZone 'Berlin' is not known
            {interval: 10ms}                                | interval '10ms' must be at least 1s
            {interval: 1m, exclusionDates: [tomorrow]}      | exclusionDates[0] 'tomorrow' is no date
            {interval: 1m, catchUp: {maxAge: long}}         | catchUp.maxAge 'long' is no duration
            {interval: 1m, catchUp: {max: 0}}               | catchUp.max 0 must be from 1 to 10000
            """)
    void tellsWhatIsWrong(String spec, String problem) throws JsonProcessingException {
        var read = CronPlan.read(yaml(spec));
        assertThat(read.plan()).isEmpty();
        assertThat(read.problems()).singleElement().asString().startsWith(problem);
    }

    private static JsonNode yaml(String text) throws JsonProcessingException {
        return YAML.readTree(text);
    }
}
