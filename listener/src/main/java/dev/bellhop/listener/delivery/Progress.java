package dev.bellhop.listener.delivery;

import java.util.List;

import dev.bellhop.listener.journal.ObjectRef;

/// Is told what a delivery made, as soon as it is made: the next try goes on after it, even if the process ends now.
@FunctionalInterface
public interface Progress {
    /// These objects exist so far, in order, those of earlier tries included. Never blocks. Nobody needs to tell of the last
    /// one: that is what [dev.bellhop.listener.journal.Attempt.Done] does.
    void made(List<ObjectRef> soFar);
}
