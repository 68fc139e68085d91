/// Reading objects in protobuf. kubectl sends what `create` and `auth can-i` make in nothing else, whatever the server
/// offers. Only those kinds are known; answers are always JSON. Begin at [ProtobufObject].
@NullMarked
package dev.bellhop.apiserver.protobuf;

import org.jspecify.annotations.NullMarked;
