/// JSONPath in the dialect of Kubernetes' client-go, which Tekton's bindings are written in, over Jackson trees. It is not
/// RFC 9535: a missing key is an error, a filter knows one comparison. Begin at [JsonPath]; `docs/bindings-and-templates.md`
/// shows the dialect by examples.
@NullMarked
package dev.bellhop.engine.jsonpath;

import org.jspecify.annotations.NullMarked;
