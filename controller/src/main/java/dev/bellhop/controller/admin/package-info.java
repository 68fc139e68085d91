/// The controller's HTTP port for the people and machines that watch over it: [AdminServer]. Opened by the program that
/// starts the controller.
@NullMarked
package dev.bellhop.controller.admin;

import org.jspecify.annotations.NullMarked;
