/// Who is asking and what they may do: bearer tokens, impersonation, roles and their bindings, and the reviews through
/// which others ask the same. Begin at [Authorizer].
@NullMarked
package dev.bellhop.apiserver.auth;

import org.jspecify.annotations.NullMarked;
