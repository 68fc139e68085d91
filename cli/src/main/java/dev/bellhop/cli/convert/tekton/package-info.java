/// Objects of Tekton Triggers, which have our fields: [TektonTriggers].
@NullMarked
package dev.bellhop.cli.convert.tekton;

import org.jspecify.annotations.NullMarked;
