package dev.bellhop.listener.action.kind;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.bellhop.listener.broker.AllowedBrokers;
import dev.bellhop.listener.broker.kafka.KafkaPublisher;
import dev.bellhop.listener.broker.nats.NatsPublisher;
import dev.bellhop.listener.outlet.MailOutlet;
import dev.bellhop.listener.outlet.Outlet;
import dev.bellhop.spi.action.ActionType;

/// The kinds of action that come with Bellhop.
public final class ActionTypes {
    private ActionTypes() {}

    /// All of them by name, in the order of the documentation. They send what goes outside through `outlet` and `mail`, and to
    /// brokers through `nats` and `kafka`, to those that are `allowed`.
    ///
    /// @param standalone whether programs may be run: nobody but the user of this process writes Triggers
    public static Map<String, ActionType> all(Outlet outlet, MailOutlet mail, NatsPublisher nats, KafkaPublisher kafka,
            AllowedBrokers allowed, boolean standalone) {
        var types = new LinkedHashMap<String, ActionType>();
        for (var type : List.<ActionType>of(new KubernetesType(), new HttpType(outlet::send),
                new CloudEventType(outlet::send), new NotifyType(outlet::send, mail::send),
                new PublishType(nats, kafka, allowed),
                new LogType(), new JobType(), new FunctionType(outlet::send), new BumpType(), new RecordEventType(),
                new WorkflowType(), new PluginType(outlet::send), new ExecType(standalone))) {
            types.put(type.name(), type);
        }
        return types;
    }

    /// Carries out `prune: true`.
    public static ActionType pruner() {
        return new PruneMade();
    }

    /// Carries out `whenFalse: delete`.
    public static ActionType remover() {
        return new RemoveMade();
    }
}
