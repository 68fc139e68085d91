package dev.bellhop.apiserver.protobuf;

import dev.bellhop.apiserver.status.Refusal;
import java.util.Arrays;

/// Reads protobuf's wire format from a part of an array.
final class WireReader {

    private final byte[] bytes;
    private final int end;
    private int at;

    WireReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    boolean hasMore() {
        return at < end;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw truncated();
            }
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw Refusal.badRequest("a protobuf number is longer than 64 bits");
    }

    int varint32() {
        return (int) varint();
    }

    /// The part that follows with its length before it.
    WireReader slice() {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw truncated();
        }
        var slice = new WireReader(bytes, at, at + (int) length);
        at += (int) length;
        return slice;
    }

    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, end);
        at = end;
        return rest;
    }

    String text() {
        return ProtobufObject.utf8(rest());
    }

    private static Refusal truncated() {
        return Refusal.badRequest("the protobuf body is truncated");
    }
}
