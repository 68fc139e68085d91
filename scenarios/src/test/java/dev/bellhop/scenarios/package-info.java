/// What users of other event systems do with them, played against a real API server: each folder of this module is a scenario, its
/// files are the steps, in the order of their numbers. Begin with [ScenariosIT].
@NullMarked
package dev.bellhop.scenarios;

import org.jspecify.annotations.NullMarked;
