package dev.bellhop.apiserver.write;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.UUID;

/// Where the UIDs of new objects come from.
@FunctionalInterface
public interface Uids {

    /// The UID of an object that is about to be created at `target`.
    UUID next(Target target);

    /// As a real server does it: no two are the same.
    static Uids random() {
        return _ -> UUID.randomUUID();
    }

    /// The same in every server: the first object of a kind and name has always the same UID, the one that is written anew after
    /// that was deleted another, and so on. For a server whose objects come from files, so that what is kept elsewhere by UID
    /// still fits after a restart.
    static Uids stable() {
        var made = new HashMap<String, Integer>();
        return target -> {
            String place = target.type().storage() + " " + target.key();
            int count = made.merge(place, 1, Integer::sum);
            return UUID.nameUUIDFromBytes((place + " " + count).getBytes(StandardCharsets.UTF_8));
        };
    }
}
