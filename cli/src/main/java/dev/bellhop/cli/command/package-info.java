/// What the commands share: how they fail ([CommandFailure]), print tables ([Columns]), read and write YAML ([Yaml]) and
/// guess what was meant ([NearMiss]).
@NullMarked
package dev.bellhop.cli.command;

import org.jspecify.annotations.NullMarked;
