package dev.bellhop.listener.journal;

import java.util.List;
import java.util.Optional;

/// Part of a listing, newest first. `next` is what to put into [DeliveryQuery#before] to go on; absent on the last page.
public record DeliveryPage(List<DeliverySummary> deliveries, Optional<DeliveryId> next) {}
