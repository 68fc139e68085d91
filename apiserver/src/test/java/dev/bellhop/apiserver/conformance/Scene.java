package dev.bellhop.apiserver.conformance;

import static org.awaitility.Awaitility.await;

import dev.bellhop.apiserver.ApiServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A namespace of a test's own on a server, and the custom kind that the suite brings along.
record Scene(ApiServer server, Api api, String namespace) {

    static final String GROUP = "conformance.example.dev";

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Map<String, Boolean> DEFINED = new ConcurrentHashMap<>();
    private static final String WIDGETS = """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
             "metadata":{"name":"widgets.conformance.example.dev"},
             "spec":{"group":"conformance.example.dev","scope":"Namespaced",
              "names":{"kind":"Widget","plural":"widgets","singular":"widget","shortNames":["wd"],"categories":["all"]},
              "versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},
               "additionalPrinterColumns":[{"name":"Size","type":"integer","jsonPath":".spec.size"},
                {"name":"Ready","type":"string","jsonPath":".status.conditions[?(@.type==\\"Ready\\")].status"},
                {"name":"Age","type":"date","jsonPath":".metadata.creationTimestamp"}],
               "schema":{"openAPIV3Schema":{"type":"object","description":"A widget of the conformance suite.","properties":{
                "spec":{"type":"object","description":"What the widget shall be.","required":["size"],"properties":{
                 "size":{"type":"integer","minimum":1,"maximum":100,"description":"How big it shall be."},
                 "color":{"type":"string","enum":["red","green"],"default":"red"},
                 "code":{"type":"string","pattern":"^[a-z]+$","maxLength":5},
                 "tags":{"type":"array","maxItems":2,"items":{"type":"string"}},
                 "port":{"x-kubernetes-int-or-string":true},
                 "free":{"type":"object","x-kubernetes-preserve-unknown-fields":true},
                 "template":{"type":"object","x-kubernetes-embedded-resource":true,
                  "x-kubernetes-preserve-unknown-fields":true},
                 "limits":{"type":"object","additionalProperties":{"type":"integer"}},
                 "parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],
                  "items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},
                   "count":{"type":"integer","default":1}}}}}},
                "status":{"type":"object","properties":{"phase":{"type":"string"},"conditions":{"type":"array",
                  "x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["type"],"items":{"type":"object",
                  "required":["type"],"properties":{"type":{"type":"string"},"status":{"type":"string"}}}}}}}}}},
              {"name":"v1alpha1","served":true,"storage":false,
               "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}""";

    /// A fresh namespace on a server that knows widgets.
    static Scene on(ApiServer server) {
        Api api = Api.of(server);
        DEFINED.computeIfAbsent(server.url().toString(), _ -> define(api));
        String namespace = "c" + System.nanoTime() % 1_000_000_000 + "-" + NEXT.incrementAndGet();
        api.post("/api/v1/namespaces",
                "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"" + namespace + "\"}}")
                .expect(201);
        return new Scene(server, api, namespace);
    }

    /// The path of a core kind in the namespace.
    String core(String plural) {
        return "/api/v1/namespaces/" + namespace + "/" + plural;
    }

    /// The path of any kind in the namespace.
    String in(String groupVersion, String plural) {
        return "/apis/" + groupVersion + "/namespaces/" + namespace + "/" + plural;
    }

    String widgets() {
        return in(GROUP + "/v1", "widgets");
    }

    static String configMap(String name, String data) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name + "\"},\"data\":" + data
                + "}";
    }

    static String widget(String name, String spec) {
        return "{\"apiVersion\":\"" + GROUP + "/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"" + name
                + "\"},\"spec\":"
                + spec + "}";
    }

    private static boolean define(Api api) {
        int code = api.post("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", WIDGETS).code();
        if (code != 201 && code != 409) {
            throw new IllegalStateException("The definition was answered " + code);
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api.get("/apis/" + GROUP + "/v1/widgets").code() == 200
                        && api.get("/apis/" + GROUP + "/v1alpha1/widgets").code() == 200);
        return true;
    }
}
