/// The kinds of Bellhop: what an admin and the app teams write, and the status they read back.
///
/// Field names and meaning are those of Tekton Triggers v1beta1, plus ours. Specs and statuses are records; nothing here
/// acts. Begin with [Trigger] and [EventListener]. [ObjectReader] turns what the API server stores into these types the
/// way Go would: field names in any case, unknown fields reported. Everybody may use this package; it depends on the
/// fabric8 model only.
@NullMarked
package dev.bellhop.api;

import org.jspecify.annotations.NullMarked;
