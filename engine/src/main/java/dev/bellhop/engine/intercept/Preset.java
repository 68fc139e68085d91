package dev.bellhop.engine.intercept;

/// The scheme of a known sender.
///
/// @param sender   the sender, for people
/// @param evidence how we know
/// @param scheme   how it signs
record Preset(String sender, Evidence evidence, HmacScheme scheme) {
    /// What a preset has been checked against.
    enum Evidence {
        /// An example of the sender's own, which is a test of ours.
        EXAMPLE("an example of the sender's"),
        /// The library, source or documentation of the sender, or of another receiver.
        PUBLISHED("published source or documentation"),
        /// Nothing; it fails closed when it is wrong.
        NOTHING("nothing yet");

        private final String words;

        Evidence(String words) {
            this.words = words;
        }

        /// For the documentation.
        String words() {
            return words;
        }
    }
}
