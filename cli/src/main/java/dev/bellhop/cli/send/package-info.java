/// `bellhop send`: posts what a sender such as GitHub posts, signed as the sender signs it. [SendGithub] tells the story.
@NullMarked
package dev.bellhop.cli.send;

import org.jspecify.annotations.NullMarked;
