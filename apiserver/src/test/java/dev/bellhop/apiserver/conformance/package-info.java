/// What a Kubernetes API server must do for us, checked on every server at hand with the same result expected of each.
/// [Api] speaks raw HTTP, so that no client smooths anything over.
@NullMarked
package dev.bellhop.apiserver.conformance;

import org.jspecify.annotations.NullMarked;
