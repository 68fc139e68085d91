package dev.bellhop.cluster;

/// Something worth an Event that happened to an object.
///
/// @param reason  why, as a CamelCase word that users may filter by; at most 128 characters
/// @param action  what was done or not done, as a CamelCase word; at most 128 characters
/// @param note    the sentence for the reader; beyond 1 KiB it is cut
/// @param noteKey what tells one series from another beside object and reason: occurrences with an equal key are counted in
///                one Event that keeps the note of the first
public record Occurrence(Type type, String reason, String action, String note, String noteKey) {
    /// An occurrence that is counted together with those of the same note.
    public Occurrence(Type type, String reason, String action, String note) {
        this(type, reason, action, note, note);
    }

    /// Whether somebody should look.
    public enum Type {
        /// As intended.
        Normal,
        /// Something is wrong.
        Warning
    }
}
