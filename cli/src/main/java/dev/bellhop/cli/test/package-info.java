/// `bellhop test`: folders of objects, requests and expectations, run through the engine without a cluster. [TestRun] tells
/// the story of a folder; [OfflineListener] is the listener's own line with everything that touches the world left out.
@NullMarked
package dev.bellhop.cli.test;

import org.jspecify.annotations.NullMarked;
