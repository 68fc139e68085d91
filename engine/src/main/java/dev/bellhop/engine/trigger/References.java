package dev.bellhop.engine.trigger;

import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerTemplate;
import dev.bellhop.engine.catalog.Stored;
import org.jspecify.annotations.Nullable;

/// Where a Trigger's references are looked up; absent objects are `null`.
public interface References {
    /// A TriggerBinding.
    @Nullable
    Stored<TriggerBinding> binding(ObjectName name);

    /// A ClusterTriggerBinding.
    @Nullable
    Stored<ClusterTriggerBinding> clusterBinding(String name);

    /// A TriggerTemplate.
    @Nullable
    Stored<TriggerTemplate> template(ObjectName name);
}
