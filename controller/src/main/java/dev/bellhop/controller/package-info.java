/// Placeholder for the module's opening paragraph.
@NullMarked
package dev.bellhop.controller;

import org.jspecify.annotations.NullMarked;
