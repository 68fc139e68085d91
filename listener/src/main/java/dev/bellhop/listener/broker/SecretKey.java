package dev.bellhop.listener.broker;

/// One key of one Secret of the tenant's namespace.
public record SecretKey(String secret, String key) {
    @Override
    public String toString() {
        return "key '" + key + "' of Secret '" + secret + "'";
    }
}
