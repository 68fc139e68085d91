package dev.bellhop.listener.delivery;

import dev.bellhop.listener.journal.Tried;

/// Is told of every try that ended, on the thread that ran it: for logs, metrics and Kubernetes Events. It should be quick.
@FunctionalInterface
public interface DeliveryObserver {
    /// One try ended and is about to be recorded.
    void tried(Tried tried);
}
