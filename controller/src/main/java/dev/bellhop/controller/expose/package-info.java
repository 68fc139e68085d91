/// Makes the objects that lead from outside to what is exposed: Ingresses or HTTPRoutes, and what those need to reach the
/// listener in another namespace. [Blueprint] decides which, [ExposureWriter] carries. Only the controller calls this package.
@NullMarked
package dev.bellhop.controller.expose;

import org.jspecify.annotations.NullMarked;
