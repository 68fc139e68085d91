/// Tables for `kubectl get`: columns and rows in the place of objects.
@NullMarked
package dev.bellhop.apiserver.table;

import org.jspecify.annotations.NullMarked;
