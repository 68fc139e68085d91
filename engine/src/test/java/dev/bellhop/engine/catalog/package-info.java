/// From objects to what is served, told as stories of one cluster.
@NullMarked
package dev.bellhop.engine.catalog;

import org.jspecify.annotations.NullMarked;
