package dev.bellhop.cli.convert.draft;

/// Something that the person who converts has to know.
///
/// @param weight how much it matters
/// @param object where it was found, such as `Sensor team-a/build` of a file
/// @param field  path within the object, such as `spec.triggers[0].template.slack`
/// @param value  what is written there, shortened
/// @param wayOut why it is not converted, or what is different, and what to do
public record Finding(Weight weight, InputObject object, String field, String value, String wayOut) {
    /// How much a finding matters.
    public enum Weight {
        /// It is missing in the output.
        LOST("not converted"),
        /// It is in the output, but does not mean quite the same.
        CHECK("check");

        private final String words;

        Weight(String words) {
            this.words = words;
        }
    }

    /// For people: where and what, then what to do.
    public String text() {
        var place = weight.words + ": " + object.file() + ", " + object.title() + ", " + field;
        var written = value.isEmpty()
                ? place
                : value.contains("\n")
                        ? place + " =\n" + value.strip().indent(4).stripTrailing()
                        : place + " = " + value;
        return written + "\n    " + wayOut;
    }
}
