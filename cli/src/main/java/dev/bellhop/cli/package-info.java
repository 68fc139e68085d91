/// The `bellhop` command. [Main] starts it and [RootCommand] lists its subcommands, each in a package of its own; what they
/// share lies in `command` (failures, columns, files) and `cluster` (which cluster is meant).
///
/// Every option is declared once, at the field it sets; the help texts and `docs/options.md` are made from there.
@NullMarked
package dev.bellhop.cli;

import org.jspecify.annotations.NullMarked;
