package dev.bellhop.engine.cel;

import java.util.Optional;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.ast.CelExpr;

/// An expression that is nothing but the name of a place in the event, such as `body.issue.id`. What stands there is handed
/// on as it is: numbers keep the digits that a double would lose.
record Reference(boolean inBody, JsonPointer place) {
    static Optional<Reference> of(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> switch (expr.ident().name()) {
                case "body" -> Optional.of(new Reference(true, JsonPointer.empty()));
                case "extensions" -> Optional.of(new Reference(false, JsonPointer.empty()));
                default -> Optional.empty();
            };
            case SELECT -> expr.select().testOnly()
                    ? Optional.empty()
                    : of(expr.select().operand()).map(parent -> parent.child(expr.select().field()));
            case CALL -> expr.call().function().equals("_[_]")
                    ? of(expr.call().args().get(0)).flatMap(parent -> parent.at(expr.call().args().get(1)))
                    : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Reference child(String key) {
        return new Reference(inBody, place.appendProperty(key));
    }

    private Optional<Reference> at(CelExpr index) {
        if (index.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            return Optional.empty();
        }
        var constant = index.constant();
        return switch (constant.getKind()) {
            case STRING_VALUE -> Optional.of(child(constant.stringValue()));
            case INT64_VALUE -> Optional.of(new Reference(inBody, place.appendIndex((int) constant.int64Value())));
            default -> Optional.empty();
        };
    }

    /// What stands there in an event of which the expression has a value.
    JsonNode in(Scope scope) {
        return (inBody ? scope.event().body().json() : scope.extensions()).at(place);
    }
}
