package dev.bellhop.apiserver.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who a request is from.
public record User(String name, String uid, List<String> groups, Map<String, List<String>> extra) {

    public static final String AUTHENTICATED = "system:authenticated";
    public static final String MASTERS = "system:masters";
    public static final User ANONYMOUS = new User("system:anonymous", "", List.of("system:unauthenticated"), Map.of());
    private static final String ACCOUNT = "system:serviceaccount:";

    public User {
        groups = List.copyOf(groups);
        extra = Map.copyOf(extra);
    }

    public boolean isAnonymous() {
        return groups.contains("system:unauthenticated");
    }

    /// A ServiceAccount, with the groups that all of its kind have.
    public static User serviceAccount(String namespace, String name, String uid) {
        return new User(ACCOUNT + namespace + ":" + name, uid, accountGroups(namespace), Map.of());
    }

    /// Somebody whom another one claims to be.
    public static User impersonated(String name, String uid, List<String> groups, Map<String, List<String>> extra) {
        if (groups.isEmpty() && name.startsWith(ACCOUNT)) {
            return new User(name, uid, accountGroups(name.substring(ACCOUNT.length()).split(":")[0]), extra);
        }
        if (name.equals(ANONYMOUS.name())) {
            return new User(name, uid, ANONYMOUS.groups(), extra);
        }
        var all = new LinkedHashMap<String, Boolean>();
        groups.forEach(group -> all.put(group, true));
        all.put(AUTHENTICATED, true);
        return new User(name, uid, List.copyOf(all.keySet()), extra);
    }

    private static List<String> accountGroups(String namespace) {
        return List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, AUTHENTICATED);
    }
}
