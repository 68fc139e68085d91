/// What a Trigger does besides creating the objects of its template: [ActionSpec] and one record for each kind of action, with
/// the fields that users write. Any text in them may hold `${{ CEL }}`. Nothing here acts.
@NullMarked
package dev.bellhop.api.action;

import org.jspecify.annotations.NullMarked;
