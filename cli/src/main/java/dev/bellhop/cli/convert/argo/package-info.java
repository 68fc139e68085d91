/// Argo Events' EventSources and Sensors. [ArgoEvents] reads the EventSources ([ArgoSource]: what each event brings, and where its
/// data is found here), then makes a Trigger of each trigger of a Sensor and each event it waits for ([SensorConversion]).
@NullMarked
package dev.bellhop.cli.convert.argo;

import org.jspecify.annotations.NullMarked;
