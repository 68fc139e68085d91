package dev.bellhop.engine.cel;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What expressions of actions see besides.
///
/// @param params  the values of the Trigger's bindings
/// @param each    the item that the action is carried out for; a missing node without `forEach`
/// @param index   its place among the items, from 0
/// @param failure in an action of a dead letter, why the delivery is given up
public record ActionScope(ObjectNode params, JsonNode each, int index, Optional<Failure> failure) {}
