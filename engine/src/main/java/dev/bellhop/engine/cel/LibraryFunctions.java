package dev.bellhop.engine.cel;

import java.util.List;

/// What is said of the functions and macros that come with CEL's library as they are.
final class LibraryFunctions {
    private static final List<CelFunction> STANDARD = List.of(
            f("has", "has(map.key) -> bool", "Whether a map has a key; its value may be null.", "has(body.after)",
                    "true"),
            f("size", "size(dyn) -> int|<dyn>.size() -> int",
                    "Characters of a string, bytes, elements of a list, or entries of a map.", "size(body.list)", "3"),
            f("startsWith", "<string>.startsWith(string) -> bool", "Whether a string starts with another.",
                    "body.ref.startsWith('refs/heads/')", "true"),
            f("endsWith", "<string>.endsWith(string) -> bool", "Whether a string ends with another.",
                    "'a.md'.endsWith('.md')",
                    "true"),
            f("all", "<list or map>.all(x, bool) -> bool|<list or map>.all(i, x, bool) -> bool",
                    "Whether a condition holds for every element; with two names, for every index or key and value.",
                    "body.list.all(x, x < 4)", "true"),
            f("exists", "<list or map>.exists(x, bool) -> bool|<list or map>.exists(i, x, bool) -> bool",
                    "Whether a condition holds for some element.", "body.list.exists(x, x == 2)", "true"),
            f("exists_one", "<list or map>.exists_one(x, bool) -> bool|<list or map>.exists_one(i, x, bool) -> bool",
                    "Whether a condition holds for exactly one element; also called `existsOne`.",
                    "[1, 2, 2].exists_one(x, x == 1)", "true"),
            f("map", "<list or map>.map(x, dyn) -> list|<list or map>.map(x, bool, dyn) -> list",
                    "What becomes of each element, or of those for which a condition holds.", "[1, 2].map(x, x * 2)",
                    "[2, 4]"),
            f("filter", "<list or map>.filter(x, bool) -> list", "The elements for which a condition holds.",
                    "[1, 2, 3].filter(x, x > 1)", "[2, 3]"),
            f("bool", "bool(string) -> bool", "A truth value out of a text.", "bool('true')", "true"),
            f("bytes", "bytes(string) -> bytes", "The bytes of a text in UTF-8.", "size(bytes('ü'))", "2"),
            f("double", "double(dyn) -> double", "A number, or a text that is one, as a double.", "double('1.5')",
                    "1.5"),
            f("duration", "duration(string) -> duration", "A length of time.", "duration('90s') > duration('1m')",
                    "true"),
            f("dyn", "dyn(dyn) -> dyn", "The value itself, unchecked by the compiler.", "dyn(1) == 1.0", "true"),
            f("int", "int(dyn) -> int",
                    "A number, or a text that is one, as an integer; of a timestamp, its seconds since 1970.",
                    "int(body.size) + 1", "6"),
            f("timestamp", "timestamp(string) -> timestamp|timestamp(int) -> timestamp",
                    "A point in time, from RFC 3339 or seconds since 1970.",
                    "event.time > timestamp('2026-01-01T00:00:00Z')", "true"),
            f("type", "type(dyn) -> type", "The type of a value.", "type(body.size) == double", "true"),
            f("uint", "uint(dyn) -> uint", "A number, or a text that is one, as an unsigned integer.",
                    "uint('7') == 7u", "true"),
            f("getFullYear", time("getFullYear"), "The year of a timestamp, in a time zone.",
                    "event.time.getFullYear()", "2026"),
            f("getMonth", time("getMonth"), "The month of a timestamp, from 0.", "event.time.getMonth()", "0"),
            f("getDate", time("getDate"), "The day of the month, from 1.", "event.time.getDate()", "2"),
            f("getDayOfMonth", time("getDayOfMonth"), "The day of the month, from 0.", "event.time.getDayOfMonth()",
                    "1"),
            f("getDayOfWeek", time("getDayOfWeek"), "The day of the week, Sunday being 0.", "event.time.getDayOfWeek()",
                    "5"),
            f("getDayOfYear", time("getDayOfYear"), "The day of the year, from 0.", "event.time.getDayOfYear()", "1"),
            f("getHours", clock("getHours"), "The hour of a timestamp, or all hours of a duration.",
                    "event.time.getHours('Europe/Berlin')", "4"),
            f("getMinutes", clock("getMinutes"), "The minute of a timestamp, or all minutes of a duration.",
                    "event.time.getMinutes()", "4"),
            f("getSeconds", clock("getSeconds"), "The second of a timestamp, or all seconds of a duration.",
                    "duration('90s').getSeconds()", "90"),
            f("getMilliseconds", clock("getMilliseconds"), "The milliseconds within the second.",
                    "event.time.getMilliseconds()", "600"));

    private static final List<CelFunction> EXTENSIONS = List.of(
            f("charAt", "<string>.charAt(int) -> string", "The character at a position.", "'abc'.charAt(1)", "\"b\""),
            f("lowerAscii", "<string>.lowerAscii() -> string", "ASCII letters in lower case.", "'AbC'.lowerAscii()",
                    "\"abc\""),
            f("upperAscii", "<string>.upperAscii() -> string", "ASCII letters in upper case.", "'AbC'.upperAscii()",
                    "\"ABC\""),
            f("substring", "<string>.substring(int) -> string|<string>.substring(int, int) -> string",
                    "The characters from one position to before another.", "'abcd'.substring(1, 3)", "\"bc\""),
            f("trim", "<string>.trim() -> string", "A string without the white space around it.", "' a '.trim()",
                    "\"a\""),
            f("strings.quote", "strings.quote(string) -> string", "A string in quotes, safe to print.",
                    "strings.quote('a\"b')",
                    "\"\\\"a\\\\\\\"b\\\"\""),
            f("base64.encode", "base64.encode(bytes) -> string", "Bytes in base64.", "base64.encode(b'hello')",
                    "\"aGVsbG8=\""),
            f("base64.decode", "base64.decode(string) -> bytes", "The bytes of a base64 text, padded or not.",
                    "string(base64.decode('aGVsbG8'))", "\"hello\""),
            f("slice", "<list>.slice(int, int) -> list", "The elements from one position to before another.",
                    "[1, 2, 3].slice(1, 3)", "[2, 3]"),
            f("flatten", "<list>.flatten() -> list|<list>.flatten(int) -> list",
                    "The elements of the lists in a list, one level deep or several.", "[1, [2, [3]]].flatten(2)",
                    "[1, 2, 3]"),
            f("sort", "<list>.sort() -> list", "The elements in order.", "[3, 1, 2].sort()", "[1, 2, 3]"),
            f("sortBy", "<list>.sortBy(x, dyn) -> list", "The elements in the order of what is said of each.",
                    "['bb', 'a'].sortBy(x, size(x))", "[\"a\", \"bb\"]"),
            f("math.greatest", "math.greatest(number, …) -> number|math.greatest(list) -> number",
                    "The greatest number.",
                    "math.greatest(1, 2.5)", "2.5"),
            f("math.least", "math.least(number, …) -> number|math.least(list) -> number", "The least number.",
                    "math.least([3, 1, 2])", "1"),
            f("math.ceil", "math.ceil(double) -> double", "The next whole number up.", "math.ceil(1.2)", "2"),
            f("math.floor", "math.floor(double) -> double", "The next whole number down.", "math.floor(1.8)", "1"),
            f("math.round", "math.round(double) -> double", "The nearest whole number, halves away from 0.",
                    "math.round(1.5)",
                    "2"),
            f("math.trunc", "math.trunc(double) -> double", "The number without its fraction.", "math.trunc(-1.8)",
                    "-1"),
            f("math.abs", "math.abs(number) -> number", "The number without its sign.", "math.abs(-3)", "3"),
            f("math.sign", "math.sign(number) -> number", "-1, 0 or 1.", "math.sign(-3)", "-1"),
            f("math.sqrt", "math.sqrt(number) -> double", "The square root.", "math.sqrt(9)", "3"),
            f("math.isNaN", "math.isNaN(double) -> bool", "Whether it is not a number.", "math.isNaN(0.0 / 0.0)",
                    "true"),
            f("math.isInf", "math.isInf(double) -> bool", "Whether it is infinite.", "math.isInf(1.0 / 0.0)", "true"),
            f("math.isFinite", "math.isFinite(double) -> bool", "Whether it is neither.", "math.isFinite(1.0)", "true"),
            f("math.bitAnd", "math.bitAnd(int, int) -> int", "The bits that both have.", "math.bitAnd(6, 3)", "2"),
            f("math.bitOr", "math.bitOr(int, int) -> int", "The bits that one has.", "math.bitOr(6, 3)", "7"),
            f("math.bitXor", "math.bitXor(int, int) -> int", "The bits that only one has.", "math.bitXor(6, 3)", "5"),
            f("math.bitNot", "math.bitNot(int) -> int", "The other bits.", "math.bitNot(1)", "-2"),
            f("math.bitShiftLeft", "math.bitShiftLeft(int, int) -> int", "The bits moved up.",
                    "math.bitShiftLeft(1, 3)", "8"),
            f("math.bitShiftRight", "math.bitShiftRight(int, int) -> int", "The bits moved down.",
                    "math.bitShiftRight(8, 3)", "1"));

    private static final List<CelFunction> BEYOND_TEKTON = List.of(
            f("cel.bind", "cel.bind(name, dyn, dyn) -> dyn", "An expression in which a name stands for a value.",
                    "cel.bind(x, body.ref.split('/'), x[x.size() - 1])", "\"main\""),
            f("transformList",
                    "<list or map>.transformList(i, x, dyn) -> list|<list or map>.transformList(i, x, bool, dyn) -> list",
                    "What becomes of each index or key and value.", "[5, 6].transformList(i, x, x + i)", "[5, 7]"),
            f("transformMap",
                    "<list or map>.transformMap(k, x, dyn) -> map|<list or map>.transformMap(k, x, bool, dyn) -> map",
                    "A map with the same keys and other values.", "{'a': 1}.transformMap(k, x, x + 1)", "{\"a\": 2}"),
            f("transformMapEntry",
                    "<list or map>.transformMapEntry(k, x, map) -> map|<list or map>.transformMapEntry(k, x, bool, map) -> map",
                    "A map of the entries that each key and value become.",
                    "{'a': 'b'}.transformMapEntry(k, x, {x: k})",
                    "{\"b\": \"a\"}"),
            f("optional.of", "optional.of(dyn) -> optional", "A value that is there.", "optional.of(1).value()", "1"),
            f("optional.ofNonZeroValue", "optional.ofNonZeroValue(dyn) -> optional",
                    "A value that is there unless it is empty, zero, false or null.",
                    "optional.ofNonZeroValue('').orValue('none')", "\"none\""),
            f("optional.none", "optional.none() -> optional", "A value that is not there.",
                    "optional.none().hasValue()", "false"),
            f("optional.unwrap", "optional.unwrap(list) -> list", "The values that are there.",
                    "optional.unwrap([body.?ref, body.?nope])", "[\"refs/heads/main\"]"),
            f("value", "<optional>.value() -> dyn", "The value; an error when it is not there.", "body.?size.value()",
                    "5"),
            f("hasValue", "<optional>.hasValue() -> bool", "Whether it is there.", "body.?nope.hasValue()", "false"),
            f("or", "<optional>.or(optional) -> optional", "The value, or the other one when it is not there.",
                    "body.?nope.or(body.?size).value()", "5"),
            f("orValue", "<optional>.orValue(dyn) -> dyn", "The value, or this when it is not there.",
                    "body.?nested.?nope.orValue('none')", "\"none\""),
            f("optMap", "<optional>.optMap(x, dyn) -> optional", "What becomes of the value when it is there.",
                    "body.?size.optMap(x, x > 1.0).orValue(false)", "true"),
            f("optFlatMap", "<optional>.optFlatMap(x, optional) -> optional",
                    "The same, with what may not be there again.",
                    "body.?nested.optFlatMap(x, x.?nope).hasValue()", "false"));

    private LibraryFunctions() {}

    static List<CelFunction> standard() {
        return STANDARD;
    }

    static List<CelFunction> extensions() {
        return EXTENSIONS;
    }

    static List<CelFunction> beyondTekton() {
        return BEYOND_TEKTON;
    }

    private static CelFunction f(String name, String signatures, String sentence, String example, String result) {
        return new CelFunction(name, List.of(signatures.split("\\|")), sentence, example, result);
    }

    private static String time(String name) {
        return "<timestamp>." + name + "() -> int|<timestamp>." + name + "(string) -> int";
    }

    private static String clock(String name) {
        return time(name) + "|<duration>." + name + "() -> int";
    }
}
