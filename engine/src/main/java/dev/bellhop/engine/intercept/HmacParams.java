package dev.bellhop.engine.intercept;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.bellhop.engine.intercept.SignedTimestamp.Place;
import dev.bellhop.engine.intercept.SignedTimestamp.Unit;

/// Compiles the interceptor `hmac` from its params: a preset, or a scheme spelled out.
final class HmacParams {
    private static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,5})(s|m|h)");
    private static final Pattern PLACE = Pattern.compile("\\{[A-Za-z]+}");
    private static final List<String> PLACES = List.of("{body}", "{timestamp}", "{id}");
    private static final List<String> OF_A_SCHEME = List.of("header", "algorithm", "encoding", "prefix", "separator",
            "signedTemplate", "timestampHeader", "timestampPrefix", "timestampField", "timestampUnit", "idHeader",
            "secretEncoding", "secretPrefix");

    private final Fields params;

    private HmacParams(Fields params) {
        this.params = params;
    }

    /// The interceptor; empty when it cannot be made, for which the reason is noted in `params`.
    static Optional<Interceptor> compile(String name, Fields params, String namespace) {
        var secrets = Senders.secrets(params, namespace);
        if (secrets.isEmpty()) {
            params.problem("name no secret: set secretRef, or secretRefs while one secret replaces another");
        }
        var scheme = new HmacParams(params).scheme();
        return scheme.flatMap(known -> secrets.map(keys -> new CheckedSender(name,
                List.of(new HmacSignature(known, keys)), CheckedSender.Addition.NOTHING)));
    }

    private Optional<HmacScheme> scheme() {
        var preset = params.text("preset");
        if (preset.isEmpty()) {
            return Optional.of(spelledOut());
        }
        OF_A_SCHEME.stream().filter(params::has).forEach(field -> params.problem(field,
                "is set by preset '" + preset.get() + "': leave one of them out"));
        var scheme = Presets.find(preset.get()).map(Preset::scheme);
        if (scheme.isEmpty()) {
            params.problem("preset", "'" + preset.get() + "' is not known: use one of "
                    + String.join(", ", Presets.all().keySet()) + ", or leave it out and set header and the rest");
        }
        return scheme.map(this::withTolerance);
    }

    private HmacScheme withTolerance(HmacScheme scheme) {
        return tolerance().map(tolerance -> {
            if (scheme.timestamp().isEmpty()) {
                params.problem("tolerance", "is of no use: this preset signs no timestamp");
            }
            return scheme.timestamp().map(time -> scheme.at(time.within(tolerance))).orElse(scheme);
        }).orElse(scheme);
    }

    private HmacScheme spelledOut() {
        var header = params.required("header", "name the header that carries the signature, or use a preset");
        var algorithm = oneOf("algorithm", List.of(HmacAlgorithm.values()), HmacAlgorithm::param, HmacAlgorithm.SHA256);
        var encoding = oneOf("encoding", List.of(Encoding.HEX, Encoding.BASE64, Encoding.BASE64URL), Encoding::param,
                Encoding.HEX);
        var signed = signedTemplate();
        var timestamp = timestamp();
        var idHeader = params.text("idHeader");
        agree(signed, timestamp, idHeader);
        return new HmacScheme(header, params.text("separator").orElse(""),
                List.of(new HmacScheme.Digest(params.text("prefix").orElse(""), algorithm)), encoding, signed,
                timestamp,
                idHeader, secretEncoding(), params.text("secretPrefix").orElse(""));
    }

    private Encoding secretEncoding() {
        var encoding = oneOf("secretEncoding", List.of(Encoding.UTF8, Encoding.BASE64, Encoding.HEX), Encoding::param,
                Encoding.UTF8);
        if (encoding == Encoding.UTF8 && params.has("secretPrefix")) {
            params.problem("secretPrefix", "is for secrets in base64 or hex: set secretEncoding, or leave it out");
        }
        return encoding;
    }

    private SignedTemplate signedTemplate() {
        var text = params.text("signedTemplate");
        text.ifPresent(template -> PLACE.matcher(template).results().map(match -> match.group())
                .filter(place -> !PLACES.contains(place))
                .forEach(place -> params.problem("signedTemplate",
                        "has " + place + ", which is no place: use " + String.join(", ", PLACES))));
        return text.map(SignedTemplate::of).orElse(SignedTemplate.BODY);
    }

    private Optional<SignedTimestamp> timestamp() {
        var unit = oneOf("timestampUnit", List.of(Unit.values()), Unit::param, Unit.S);
        var tolerance = tolerance();
        var header = params.text("timestampHeader").<Place>map(Place.Header::new);
        var beside = params.text("timestampPrefix").<Place>map(Place.BesideSignature::new);
        var field = params.text("timestampField").<Place>map(Place.BodyField::new);
        if (List.of(header, beside, field).stream().filter(Optional::isPresent).count() > 1) {
            params.problem("say twice where the timestamp is: leave all but one of timestampHeader, timestampPrefix, "
                    + "timestampField out");
        }
        if (beside.isPresent() && !params.has("separator")) {
            params.problem("timestampPrefix", "needs a separator between timestamp and signature, such as ','");
        }
        var place = header.or(() -> beside).or(() -> field);
        if (place.isEmpty()) {
            List.of("timestampUnit", "tolerance").stream().filter(params::has)
                    .forEach(name -> params.problem(name, "is of no use without a timestamp: "
                            + "set timestampHeader, timestampPrefix or timestampField, or leave it out"));
        }
        return place.map(known -> new SignedTimestamp(known, unit, tolerance.orElse(DEFAULT_TOLERANCE)));
    }

    /// What is not signed proves nothing, and what is signed must be found.
    private void agree(SignedTemplate signed, Optional<SignedTimestamp> timestamp, Optional<String> idHeader) {
        if (!signed.covers(SignedTemplate.Part.Body.class)) {
            params.problem("signedTemplate", "lacks {body}: whoever saw one signature could send any body");
        }
        boolean timeInTemplate = signed.covers(SignedTemplate.Part.Timestamp.class);
        boolean timeOutsideBody = timestamp.filter(time -> !(time.place() instanceof Place.BodyField)).isPresent();
        if (timeInTemplate && !timeOutsideBody) {
            params.problem("signedTemplate",
                    "has {timestamp}: set timestampHeader or timestampPrefix to say where it is");
        }
        if (timeOutsideBody && !timeInTemplate) {
            params.problem("signedTemplate",
                    "lacks {timestamp}: a time that is not signed could be changed by anybody");
        }
        boolean idInTemplate = signed.covers(SignedTemplate.Part.Id.class);
        if (idInTemplate && idHeader.isEmpty()) {
            params.problem("signedTemplate", "has {id}: set idHeader to say where it is");
        }
        if (idHeader.isPresent() && !idInTemplate) {
            params.problem("signedTemplate", "lacks {id}: an id that is not signed could be changed by anybody");
        }
    }

    private Optional<Duration> tolerance() {
        return params.text("tolerance").flatMap(text -> {
            var match = DURATION.matcher(text);
            if (!match.matches()) {
                params.problem("tolerance", "'" + text + "' is no duration: write 300s, 5m or 1h");
                return Optional.empty();
            }
            long count = Long.parseLong(match.group(1));
            return Optional.of(switch (match.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            });
        });
    }

    private <T> T oneOf(String field, List<T> choices, Function<T, String> written, T absent) {
        var text = params.text(field);
        if (text.isEmpty()) {
            return absent;
        }
        var choice = choices.stream().filter(candidate -> written.apply(candidate).equalsIgnoreCase(text.get()))
                .findFirst();
        if (choice.isEmpty()) {
            params.problem(field, "'" + text.get() + "' is not known: use "
                    + choices.stream().map(written).collect(Collectors.joining(", ")));
        }
        return choice.orElse(absent);
    }
}
