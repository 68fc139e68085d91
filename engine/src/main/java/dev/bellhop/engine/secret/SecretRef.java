package dev.bellhop.engine.secret;

/// Names one key of one Secret.
public record SecretRef(String namespace, String name, String key) {
    @Override
    public String toString() {
        return "key '" + key + "' of Secret " + namespace + "/" + name;
    }
}
