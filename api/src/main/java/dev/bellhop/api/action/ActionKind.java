package dev.bellhop.api.action;

/// The fields of one kind of action.
public sealed interface ActionKind
        permits KubernetesAction, HttpAction, CloudEventAction, NotifyAction, PublishAction, LogAction, JobAction, FunctionAction,
        BumpApplicationRevisionAction, RecordEventAction, WorkflowAction, PluginAction, ExecAction {}
