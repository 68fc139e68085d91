package dev.bellhop.engine.trigger;

import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerTemplate;
import org.jspecify.annotations.Nullable;

/// Where a Trigger's references are looked up; absent objects are `null`.
public interface References {
    /// A TriggerBinding.
    @Nullable
    Read<TriggerBinding> binding(ObjectName name);

    /// A ClusterTriggerBinding.
    @Nullable
    Read<ClusterTriggerBinding> clusterBinding(String name);

    /// A TriggerTemplate.
    @Nullable
    Read<TriggerTemplate> template(ObjectName name);
}
