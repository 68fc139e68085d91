/// What stands between selection and binding: checks and filters, one file per kind, one contract for all.
/// [Interceptors] compiles them from a Trigger, [Interceptor] is their contract, [Decision] what they answer. Interceptors
/// for senders ([Senders], [HmacParams]) are lists of [Check]s and see to authentication first; [HmacScheme] declares how a
/// sender signs, [Presets] names the known ones.
@NullMarked
package dev.bellhop.engine.intercept;

import org.jspecify.annotations.NullMarked;
