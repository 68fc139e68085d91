package dev.bellhop.engine.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cel.common.values.CelValueConverter;
import dev.cel.common.values.NullValue;
import org.junit.jupiter.api.Test;

class JsonValuesTest {
    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(String json) throws Exception {
        return (Map<String, Object>) JsonValues.of(new JsonMapper().readTree(json));
    }

    @Test
    void isAMapOfItsFields() throws Exception {
        var map = map("{\"a\": 1, \"b\": null, \"c\": [true]}");

        assertThat(map).hasSize(3).containsEntry("a", 1.0).containsEntry("b", NullValue.NULL_VALUE).containsEntry("c",
                List.of(true));
        assertThat(map.keySet()).containsExactly("a", "b", "c");
        assertThat(map.values()).containsExactly(1.0, NullValue.NULL_VALUE, List.of(true));
        assertThat(map.get("d")).isNull();
        assertThat(map.containsKey("d")).isFalse();
        assertThat(map.containsKey("b")).isTrue();
    }

    @Test
    void equalsAMapOfTheSame() throws Exception {
        var map = map("{\"a\": {\"b\": \"c\"}}");

        assertThat(map).isEqualTo(Map.of("a", Map.of("b", "c"))).hasSameHashCodeAs(Map.of("a", Map.of("b", "c")));
        assertThat(Map.of("a", Map.of("b", "c"))).isEqualTo(map);
    }

    @Test
    void isLeftAloneByTheLibrary() throws Exception {
        var map = map("{\"a\": null}");

        assertThat(CelValueConverter.getDefaultInstance().toRuntimeValue(map)).isSameAs(map);
        assertThat(CelValueConverter.getDefaultInstance().maybeUnwrap(map)).isSameAs(map);
    }

    @Test
    void cannotBeChanged() throws Exception {
        var map = map("{\"a\": 1}");

        assertThatThrownBy(() -> map.put("b", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> map.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
