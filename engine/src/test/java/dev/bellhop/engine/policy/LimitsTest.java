package dev.bellhop.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.api.ListenerLimits;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.policy.Limits.Rate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    private static final AdminLimits TEN = AdminLimits.together(List.of(Policies.admin(
            "{perNamespace: {eventsPerSecond: 10, queuedEvents: 50}, perTrigger: {eventsPerSecond: 2.5, concurrency: 4}}")));

    @Test
    void anAdminWhoSaysNothingAllowsALongQueueAndNoMore() {
        assertThat(AdminLimits.together(List.of())).isEqualTo(AdminLimits.DEFAULT);
        assertThat(AdminLimits.together(List.of(Policies.admin("{}")))).isEqualTo(AdminLimits.DEFAULT);
        assertThat(TEN.perNamespace()).isEqualTo(new Limits(Optional.of(new Rate(10, 10)), Optional.empty(),
                Optional.of(50L), AdminLimits.DEFAULT.perNamespace().queuedBytes()));
        assertThat(TEN.perTrigger().rate()).contains(new Rate(2.5, 3));
    }

    @Test
    void aWrongLimitOfAnEventListenerIsAProblemWithItsPath() {
        var problems = new ArrayList<Problem>();
        AdminLimits.of(Policies.read("perTrigger: {concurrency: 0}", ListenerLimits.class), problems::add);
        assertThat(problems).containsExactly(new Problem(Reason.InvalidSpec,
                "spec.limits.perTrigger.concurrency 0 must be from 1 to 1000000"));
    }

    @Test
    void aTriggerCanLowerItsLimitsAndNotRaiseThem() {
        var own = Policies.sound("limits: {eventsPerSecond: 1, burst: 9, concurrency: 5, queuedEvents: 7}").limits();
        assertThat(TEN.of(own)).isEqualTo(
                new Limits(Optional.of(new Rate(1, 3)), Optional.of(4), Optional.of(7L), Optional.empty()));
        assertThat(TEN.withoutEffect(own)).containsExactly(
                "limits.burst 9 has no effect: the admin allows 3",
                "limits.concurrency 5 has no effect: the admin allows 4");
    }

    @Test
    void annotationsOfTheNamespaceStandInForTheListenersLimits() {
        var effective = LimitAnnotations.over(TEN, Map.of(
                "bellhop.dev/limit-events-per-second", "100", "bellhop.dev/limit-burst", " 500 ",
                "bellhop.dev/limit-queued-events", "none", "bellhop.dev/limit-queued-bytes", "2Gi",
                "bellhop.dev/limit-trigger-concurrency", "1", "other.dev/limit-burst", "x"));
        assertThat(effective.warnings()).isEmpty();
        assertThat(effective.limits().perNamespace()).isEqualTo(new Limits(Optional.of(new Rate(100, 500)),
                Optional.empty(), Optional.empty(), Optional.of(2L << 30)));
        assertThat(effective.limits().perTrigger()).isEqualTo(
                new Limits(Optional.of(new Rate(2.5, 3)), Optional.of(1), Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "events-per-second | fast | bellhop.dev/limit-events-per-second 'fast' is no such number: write one, or none",
            "events-per-second | -1 | bellhop.dev/limit-events-per-second -1.0 must be from 0.001 to 1000000",
            "events-per-second | NaN | bellhop.dev/limit-events-per-second NaN must be from 0.001 to 1000000",
            "queued-events | 1.5 | bellhop.dev/limit-queued-events '1.5' is no such number: write one, or none",
            "queued-bytes | 1 GB | bellhop.dev/limit-queued-bytes '1 GB' is no number of bytes: write 64Mi, 1Gi or \"1000000\"",
            "trigger-burst | 3 | bellhop.dev/limit-trigger-burst says nothing without eventsPerSecond: write both",
    })
    void aWrongAnnotationIsAWarningAndCountsAsAbsent(String name, String value, String warning) {
        var effective = LimitAnnotations.over(TEN, Map.of("bellhop.dev/limit-" + name, value));
        assertThat(effective).isEqualTo(new LimitAnnotations.Effective(TEN, List.of(warning)));
    }

    @Test
    void anUnknownAnnotationIsAWarningThatNamesTheKnownOnes() {
        assertThat(LimitAnnotations.over(TEN, Map.of("bellhop.dev/limit-rate", "1")).warnings()).singleElement()
                .asString()
                .startsWith("bellhop.dev/limit-rate is not known: use one of bellhop.dev/limit-events-per-second, ")
                .endsWith(", bellhop.dev/limit-trigger-queued-bytes");
    }

    @Property
    void aTriggerNeverGetsMoreThanTheAdminAllows(@ForAll("limits") Limits admin, @ForAll("limits") Limits own) {
        var effective = new AdminLimits(Limits.NONE, admin).of(own);
        assertThat(effective.above(admin)).isEmpty();
        assertThat(effective.above(own)).isEmpty();
        assertThat(effective.loweredBy(admin)).isEqualTo(effective);
        assertThat(effective.rate().isPresent()).isEqualTo(admin.rate().isPresent() || own.rate().isPresent());
        assertThat(effective.queuedBytes().isPresent())
                .isEqualTo(admin.queuedBytes().isPresent() || own.queuedBytes().isPresent());
    }

    @Test
    void whatAnyEventListenerSaysHolds() {
        assertThat(AdminLimits.together(List.of(
                Policies.admin("perNamespace: {concurrency: 5, queuedEvents: 1000000}"),
                Policies.admin("perNamespace: {concurrency: 3, eventsPerSecond: 7}"))).perNamespace())
                .isEqualTo(new Limits(Optional.of(new Rate(7, 7)), Optional.of(3), Optional.of(1_000_000L),
                        AdminLimits.DEFAULT.perNamespace().queuedBytes()));
    }

    @Provide
    Arbitrary<Limits> limits() {
        var rate = Combinators.combine(Arbitraries.doubles().between(0.01, 1000),
                Arbitraries.integers().between(1, 1000)).as(Rate::new);
        return Combinators.combine(rate.optional(), Arbitraries.integers().between(1, 1000).optional(),
                Arbitraries.longs().between(1, 1000).optional(), Arbitraries.longs().between(1, 1000).optional())
                .as(Limits::new);
    }
}
