/// What happens to objects later and by itself: owned objects go with their owners, namespaces take their content
/// along, definitions bring and take their kinds, Events grow old. Begin at [Lifecycle]. A real cluster does most of this in
/// its controller-manager.
@NullMarked
package dev.bellhop.apiserver.lifecycle;

import org.jspecify.annotations.NullMarked;
