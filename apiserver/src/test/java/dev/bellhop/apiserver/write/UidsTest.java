package dev.bellhop.apiserver.write;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UidsTest {
    private static final Target HOME = new Target(Namespaces.TYPE, "", "home", "");
    private static final Target AWAY = HOME.named("away");

    @Test
    void areTheSameInEveryServerWhenTheyAreStable() {
        var one = Uids.stable();
        var other = Uids.stable();
        var uid = one.next(HOME);
        assertThat(other.next(AWAY)).isNotEqualTo(uid);
        assertThat(other.next(HOME)).isEqualTo(uid);
    }

    @Test
    void tellAnObjectThatIsWrittenAnewFromTheOneBefore() {
        var uids = Uids.stable();
        assertThat(uids.next(HOME)).isNotEqualTo(uids.next(HOME));
    }

    @Test
    void areNeverTheSameOtherwise() {
        assertThat(Uids.random().next(HOME)).isNotEqualTo(Uids.random().next(HOME));
    }
}
