package dev.bellhop.cli.convert.argo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.draft.Feeder;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.draft.InputObject;
import dev.bellhop.cli.convert.draft.Names;
import dev.bellhop.cli.convert.draft.Output;
import dev.bellhop.cli.convert.draft.TriggerDraft;
import dev.bellhop.cli.convert.expression.PlainFilter;
import dev.bellhop.cli.convert.expression.Translation;
import org.jspecify.annotations.Nullable;

/// One event of an EventSource. What it becomes is made when the first Trigger asks for its events.
final class ArgoSource {
    private final InputObject object;
    private final String event;
    private final Fields fields;
    private final Output output;
    private final ArgoData data;
    private final Optional<SourceKind> kind;
    private final List<Check> checks = new ArrayList<>();
    private @Nullable Feeder feeder;

    private ArgoSource(InputObject object, String type, String event, Fields fields, Output output) {
        this.object = object;
        this.event = event;
        this.fields = fields;
        this.output = output;
        this.data = new ArgoData(type, object.name(), event, fields.flag("jsonBody"), fields.any("metadata"));
        this.kind = SourceKind.of(type, fields, checks);
    }

    /// Reads the event called `event`; empty, and reported, when nothing here is like its type.
    static Optional<ArgoSource> of(InputObject object, String type, String event, Fields fields, Output output) {
        if (!ArgoData.KNOWN.contains(type)) {
            fields.takeAll();
            fields.report().lost(fields.path(), "", "there is no source for " + type
                    + ": what depends on it is left out. Let"
                    + " the sender post to an EventListener, publish to NATS or Kafka, or write a plug-in (spec.plugin)");
            return Optional.empty();
        }
        var source = new ArgoSource(object, type, event, fields, output);
        if (!type.equals("resource")) {
            fields.object("filter").flatMap(filter -> filter.text("expression")).ifPresent(
                    expression -> source.filter(expression, fields.path("filter") + ".expression"));
        }
        return Optional.of(source);
    }

    private void filter(String expression, String field) {
        switch (PlainFilter.translate(expression, data)) {
            case Translation.Made(var cel) -> checks.add(new Check.Filter(cel));
            case Translation.Not(var why) -> {
                fields.report().lost(field, expression,
                        why + ". Triggers with this event let nothing through until you write"
                                + " the filter in CEL");
                checks.add(new Check.Closed(field));
            }
        }
    }

    /// Where its data is found.
    ArgoData data() {
        return data;
    }

    /// What a Trigger has to ask of its events.
    List<Check> checks() {
        return List.copyOf(checks);
    }

    /// Whether senders post its events.
    boolean isPosted() {
        return kind.orElseThrow() instanceof SourceKind.Posted;
    }

    /// Binds a Trigger to it, without the checks.
    void feed(TriggerDraft trigger) {
        feeder().feed(trigger.name());
    }

    /// The condition that an event is of this source and of no other that the Trigger waits for.
    ///
    /// @param onlyPosted whether senders post no other
    String recognized(boolean onlyPosted) {
        if (!isPosted()) {
            return "event.eventSource == " + Cel.quote(feeder().name());
        }
        if (onlyPosted) {
            return "event.source == 'http'";
        }
        fields.report().check(fields.path(), "", "senders have to add event=" + event + " to the query of the URL:"
                + " it tells their events from the others that the Trigger waits for");
        return "query.?event.orValue('') == " + Cel.quote(event);
    }

    private Feeder feeder() {
        var made = feeder;
        if (made == null) {
            made = make();
            feeder = made;
        }
        return made;
    }

    private Feeder make() {
        var name = Names.of(object.name(), event);
        return switch (kind.orElseThrow()) {
            case SourceKind.Posted _ -> {
                fields.report().check(fields.path(), "", "senders have to post to the URL in status.address.url of the"
                        + " Trigger from now on, instead of the EventSource's own service");
                yield output.door(object, name);
            }
            case SourceKind.Sourced(var ours, var spec, var reads) -> {
                var draft = output.source(object, name);
                var account = object.json().at("/spec/template/serviceAccountName").asText();
                if (reads.isPresent()) {
                    var needed = account.isEmpty() ? Names.of(object.name()) : account;
                    draft.serviceAccount(needed);
                    var rights = output.rights(object.namespace(), needed, account.isEmpty());
                    rights.allow(reads.get().where(), reads.get().group(), reads.get().resource(),
                            List.of("get", "list", "watch"));
                }
                draft.of(ours).setAll(spec);
                yield draft;
            }
        };
    }

    void reportIfUnused() {
        if (feeder == null) {
            fields.report().check(fields.path(), "",
                    "no Sensor of the input has a trigger for this event: it is left out");
        }
    }
}
