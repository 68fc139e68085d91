package dev.bellhop.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ForeignWordsTest {
    @Test
    void namesTheFieldToUseWhateverItsCase() {
        assertThat(ForeignWords.advice("spec.Delivery")).hasValue("what Knative calls delivery is written as retry and "
                + "deadLetter");
        assertThat(ForeignWords.advice("spec.triggers[2].retry.retry").orElseThrow()).contains("maxAttempts");
    }

    @Test
    void knowsAFieldOnlyAtItsPlace() {
        assertThat(ForeignWords.advice("spec.template.retry")).isEmpty();
        assertThat(ForeignWords.advice("spec")).isEmpty();
    }
}
