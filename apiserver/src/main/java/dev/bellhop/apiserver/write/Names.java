package dev.bellhop.apiserver.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.schema.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// What names, labels and annotation keys may look like, and the names that the server makes up.
final class Names {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
    private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
    private static final Pattern DNS_SUBDOMAIN = Pattern.compile(SUBDOMAIN);
    private static final Pattern VALUE = Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");
    private static final Pattern KEY = Pattern
            .compile("(" + SUBDOMAIN + "/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]");
    private static final char[] ALPHABET = "bcdfghjklmnpqrstvwxz2456789".toCharArray();
    private static final int LONGEST_PREFIX = 58;

    private Names() {}

    static List<Cause> check(JsonNode object, ResourceType type) {
        var causes = new ArrayList<Cause>();
        checkName(Meta.name(object), type, causes);
        object.path("metadata").path("labels").properties().forEach(label -> {
            checkKey(label.getKey(), "metadata.labels", causes);
            String value = label.getValue().asText();
            if (value.length() > 63) {
                causes.add(Cause.invalid("metadata.labels", label.getValue(), "must be no more than 63 characters"));
            } else if (!VALUE.matcher(value).matches()) {
                causes.add(Cause.invalid("metadata.labels", label.getValue(),
                        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                                + " must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value', "
                                + " or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"));
            }
        });
        object.path("metadata").path("annotations").fieldNames().forEachRemaining(
                key -> checkKey(key.toLowerCase(java.util.Locale.ROOT), "metadata.annotations", causes));
        return causes;
    }

    /// A prefix with five random letters, as the API server's.
    static String generate(String prefix) {
        var name = new StringBuilder(prefix.substring(0, Math.min(prefix.length(), LONGEST_PREFIX)));
        for (int i = 0; i < 5; i++) {
            name.append(ALPHABET[ThreadLocalRandom.current().nextInt(ALPHABET.length)]);
        }
        return name.toString();
    }

    private static void checkName(String name, ResourceType type, List<Cause> causes) {
        if (type.group().startsWith("rbac.")) {
            if (name.contains("/") || name.contains("%") || ".".equals(name) || "..".equals(name)) {
                causes.add(Cause.invalid("metadata.name", TextNode.valueOf(name), "may not contain '/' or '%'"));
            }
        } else if (type.is("", "namespaces") || type.is("", "services")) {
            if (name.length() > 63 || !DNS_LABEL.matcher(name).matches()) {
                causes.add(Cause.invalid("metadata.name", TextNode.valueOf(name),
                        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must"
                                + " start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used"
                                + " for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"));
            }
        } else if (name.length() > 253 || !DNS_SUBDOMAIN.matcher(name).matches()) {
            causes.add(Cause.invalid("metadata.name", TextNode.valueOf(name),
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                            + " must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                            + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"));
        }
    }

    private static void checkKey(String key, String field, List<Cause> causes) {
        if (!KEY.matcher(key).matches()) {
            causes.add(Cause.invalid(field, TextNode.valueOf(key),
                    "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
                            + " alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for"
                            + " validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"));
        }
    }
}
