/// Makes the CustomResourceDefinitions in `config/crd` and the field tables in `docs/kinds` from the records, and fails
/// the build when the checked-in files differ. Begin with [DefinitionsTest].
@NullMarked
package dev.bellhop.api.crd;

import org.jspecify.annotations.NullMarked;
