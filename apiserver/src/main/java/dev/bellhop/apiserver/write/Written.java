package dev.bellhop.apiserver.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What came of a write: the object as it is now, and what the writer should hear about it.
public record Written(ObjectNode object, boolean created, List<String> warnings) {}
