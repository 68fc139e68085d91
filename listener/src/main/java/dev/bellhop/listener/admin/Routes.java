package dev.bellhop.listener.admin;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// All that the admin port answers, in one table. `openapi.json` describes those under `/api/v1`; a test compares them.
final class Routes {
    private static final String ALL = "/api/v1/deliveries";
    private static final String OURS = "/api/v1/namespaces/{namespace}/deliveries";

    private final List<Route> table;

    Routes(Probes probes, DeliveryList list, OneDelivery one, BulkReplay bulk, Tails tails) {
        var everywhere = DeliveryFilter.EVERYWHERE;
        var inOne = DeliveryFilter.IN_ONE_NAMESPACE;
        table = List.of(
                new Route("GET", "/live", Set.of(), _ -> probes.live()),
                new Route("GET", "/ready", Set.of(), _ -> probes.ready()),
                new Route("GET", "/metrics", Set.of(), _ -> probes.metrics()),
                new Route("GET", "/api/v1/openapi.json", Set.of(), _ -> probes.openApi()),
                new Route("GET", ALL, with(everywhere, "limit", "continue"), list::answer),
                new Route("GET", ALL + ":tail", Tails.parameters(everywhere), tails::open),
                new Route("GET", ALL + "/{id}", Set.of("payload"), one::show),
                new Route("POST", ALL + "/{id}/redeliver", Set.of(), one::redeliver),
                new Route("POST", ALL + "/{id}/replay", Set.of(), one::replay),
                new Route("POST", ALL + "/{id}/cancel", Set.of(), one::cancel),
                new Route("GET", OURS, with(inOne, "limit", "continue"), list::answer),
                new Route("GET", OURS + ":tail", Tails.parameters(inOne), tails::open),
                new Route("POST", OURS + ":replay", with(inOne, "limit", "dryRun"), bulk::answer),
                new Route("GET", OURS + "/{id}", Set.of("payload"), one::show),
                new Route("POST", OURS + "/{id}/redeliver", Set.of(), one::redeliver),
                new Route("POST", OURS + "/{id}/replay", Set.of(), one::replay),
                new Route("POST", OURS + "/{id}/cancel", Set.of(), one::cancel));
    }

    private static Set<String> with(Set<String> filters, String... more) {
        var all = new TreeSet<>(filters);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }

    /// What a method and a path lead to.
    sealed interface Way {
        /// To this route.
        record To(Route route, Map<String, String> variables) implements Way {}

        /// Nowhere.
        record Astray(Reply reply) implements Way {}
    }

    Way find(String method, String path) {
        var allowed = new TreeSet<String>();
        for (var route : table) {
            var variables = route.match(path);
            if (variables.isPresent()) {
                if (route.method().equals(method)) {
                    return new Way.To(route, variables.get());
                }
                allowed.add(route.method());
            }
        }
        return new Way.Astray(allowed.isEmpty()
                ? Reply.error(404, "nothing here: try /metrics, /api/v1/deliveries or /api/v1/openapi.json")
                : Reply.error(405, path + " is asked with " + String.join(" or ", allowed) + ", not with " + method,
                        Map.of("Allow", String.join(", ", allowed))));
    }

    /// The table itself.
    List<Route> table() {
        return table;
    }
}
