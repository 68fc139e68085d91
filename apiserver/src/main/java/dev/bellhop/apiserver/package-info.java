/// API servers that this process can start: a Kubernetes API in memory, and launchers for real ones. Begin at
/// [ApiServer]; tests take [ApiServers#atHand]. The command line and tests may call this, nothing else.
///
/// The embedded server ([EmbeddedApiServer]) speaks the Kubernetes API over HTTP well enough for clients, informers and
/// `kubectl`: discovery, the core kinds that Bellhop touches, any CustomResourceDefinition, list and watch, the four
/// patch types, RBAC with impersonation, garbage collection. It is what `bellhop dev` runs on and what standalone mode
/// applies its files to. It is no cluster: nothing schedules or runs Pods, nothing survives the process, there are no
/// admission webhooks, quotas, CEL rules in schemas or conversion webhooks. One conformance suite keeps it honest
/// against real servers.
///
/// Inside, a package per job, in the way of a request: `http` (receive, route, answer) → `auth` (who, may they) →
/// `write` (admit, patch, store) over `store`, with `schema`, `patch` and `fields` for what a write may say, `select`,
/// `watch` and `table` for reading, `lifecycle` for what happens later. All of it runs on one event loop, so nothing
/// below `http` locks.
@NullMarked
package dev.bellhop.apiserver;

import org.jspecify.annotations.NullMarked;
