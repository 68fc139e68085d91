/// What stands between selection and binding: checks and filters, one file per kind, one contract for all.
/// [Interceptor] is the contract, [Decision] what it answers.
@NullMarked
package dev.bellhop.engine.intercept;

import org.jspecify.annotations.NullMarked;
