package dev.bellhop.engine.cel;

import java.math.BigDecimal;

/// Numbers as Go prints them, which expressions and templates written for Tekton expect: `5`, not `5.0`.
final class GoNumbers {
    private GoNumbers() {}

    /// As `%g`: the fewest digits that name the number, with an exponent below 1e-04 and, surprising as it is, from 1e+06 on.
    static String print(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        var decimal = shortest(number);
        int exponent = decimal.precision() - decimal.scale() - 1;
        return exponent < -4 || exponent >= 6 ? scientific(decimal, exponent, 2) : decimal.toPlainString();
    }

    /// As `encoding/json`: with an exponent below 1e-6 and from 1e21 on.
    static String json(double number) {
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        var decimal = shortest(number);
        int exponent = decimal.precision() - decimal.scale() - 1;
        return exponent < -6 || exponent >= 21
                ? scientific(decimal, exponent, exponent < 0 ? 1 : 2)
                : decimal.toPlainString();
    }

    private static BigDecimal shortest(double number) {
        return new BigDecimal(Double.toString(number)).stripTrailingZeros();
    }

    private static String scientific(BigDecimal decimal, int exponent, int exponentDigits) {
        var digits = decimal.unscaledValue().abs().toString();
        var sign = decimal.signum() < 0 ? "-" : "";
        var fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        var power = Integer.toString(Math.abs(exponent));
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                + "0".repeat(Math.max(0, exponentDigits - power.length())) + power;
    }
}
