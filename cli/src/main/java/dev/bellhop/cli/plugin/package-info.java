/// `bellhop plugin`: for those who write plug-ins over HTTP. [PluginCheck] plays Bellhop to one and finds out whether it keeps its
/// side of the contract.
@NullMarked
package dev.bellhop.cli.plugin;

import org.jspecify.annotations.NullMarked;
