package dev.bellhop.listener.source.resource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a source remembers of one object between its runs.
///
/// @param uid             of the object
/// @param resourceVersion that it had when it was last seen
/// @param hash            of its content
/// @param generation      that it had
/// @param gone            whether it was deleted since: remembered until no server can bring the past up again
/// @param body            the object, deflated JSON; absent when nobody will ask for it
record StoredObject(String uid, String resourceVersion, long hash, long generation, boolean gone,
        Optional<byte[]> body) {
    private static final byte FORMAT = 1;
    /// As much as one value of a source's memory may have, with some room for the rest.
    private static final int LARGEST_BODY = (1 << 20) - 1024;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    /// `object`, deflated; empty when it is too large to be remembered.
    static Optional<byte[]> deflated(ObjectNode object) {
        var bytes = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (var out = new DeflaterOutputStream(bytes, deflater)) {
            JSON.writeValue(out, object);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        } finally {
            deflater.end();
        }
        return Optional.of(bytes.toByteArray()).filter(packed -> packed.length <= LARGEST_BODY);
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(uid);
            out.writeUTF(resourceVersion);
            out.writeLong(hash);
            out.writeLong(generation);
            out.writeBoolean(gone);
            out.write(body.orElse(new byte[0]));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /// Reads what [#bytes] gave.
    ///
    /// @throws IllegalStateException when it is something else
    static StoredObject of(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalStateException("an object was remembered in the unknown format " + format);
            }
            var uid = in.readUTF();
            var resourceVersion = in.readUTF();
            long hash = in.readLong();
            long generation = in.readLong();
            boolean gone = in.readBoolean();
            var body = in.readAllBytes();
            return new StoredObject(uid, resourceVersion, hash, generation, gone,
                    body.length == 0 ? Optional.empty() : Optional.of(body));
        } catch (IOException e) {
            throw new IllegalStateException("what was remembered of an object cannot be read", e);
        }
    }

    /// The object, if it was kept.
    Optional<ObjectNode> object() {
        return body.map(packed -> {
            var inflater = new Inflater(true);
            try (var in = new InflaterInputStream(new ByteArrayInputStream(packed), inflater)) {
                return (ObjectNode) JSON.readTree(in);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("what was remembered of an object is no JSON", e);
            } catch (IOException e) {
                throw new UncheckedIOException("reading from memory", e);
            } finally {
                inflater.end();
            }
        });
    }
}
