/// kube-trigger's TriggerServices and configuration files. [KubeTrigger] makes a Trigger and an EventSource of each of its
/// triggers.
@NullMarked
package dev.bellhop.cli.convert.kubetrigger;

import org.jspecify.annotations.NullMarked;
