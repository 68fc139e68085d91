package dev.bellhop.cli.dev;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.InterceptorSpec;
import dev.bellhop.api.Trigger;

/// What there is to say of a Trigger to somebody who wants to try it: its URL as its status tells it, and commands that send it
/// an event.
///
/// @param url absent while no EventListener serves it
record TriggerLines(String namespace, String name, boolean ready, String message, Optional<String> url,
        List<String> commands) {

    static TriggerLines of(Trigger trigger, String program) {
        var namespace = trigger.getMetadata().getNamespace();
        var name = trigger.getMetadata().getName();
        var status = trigger.getStatus();
        var ready = status == null
                ? Optional.<io.fabric8.kubernetes.api.model.Condition>empty()
                : status.conditions().stream().filter(condition -> "Ready".equals(condition.getType())).findFirst();
        var url = Optional.ofNullable(status == null || status.address() == null ? null : status.address().url());
        return new TriggerLines(namespace, name,
                ready.map(condition -> "True".equals(condition.getStatus())).orElse(false),
                ready.map(condition -> Objects.requireNonNullElse(condition.getMessage(), ""))
                        .orElse("the controller has not looked at it yet"),
                url, url.map(address -> commands(trigger, address, program)).orElse(List.of()));
    }

    private static List<String> commands(Trigger trigger, String url, String program) {
        var commands = new ArrayList<String>();
        var interceptors = trigger.getSpec() == null ? List.<InterceptorSpec>of() : trigger.getSpec().interceptors();
        var github = interceptors.stream().filter(one -> isNamed(one, "github")).findFirst();
        if (github.isPresent()) {
            var event = param(github.get(), "eventTypes").map(types -> types.path(0).asText("push")).orElse("push");
            var secret = param(github.get(), "secretRef")
                    .map(ref -> " --secret-from " + trigger.getMetadata().getNamespace() + "/"
                            + ref.path("secretName").asText() + "/" + ref.path("secretKey").asText())
                    .orElse("");
            var send = program + " send github " + event + secret + " '" + url + "'";
            commands.add(send);
            if (event.equals("push")) {
                commands.add(send + " --set ref=refs/heads/main");
            }
        } else {
            commands.add("curl -i -H 'Content-Type: application/json' -d '{\"hello\":\"world\"}' '" + url + "'");
        }
        return commands;
    }

    private static boolean isNamed(InterceptorSpec interceptor, String name) {
        return interceptor.ref() != null && name.equals(interceptor.ref().name());
    }

    private static Optional<JsonNode> param(InterceptorSpec interceptor, String name) {
        return interceptor.params().stream().filter(param -> name.equals(param.name()) && param.value() != null)
                .map(InterceptorSpec.Param::value).findFirst();
    }
}
