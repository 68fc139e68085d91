/// Requests that Triggers have sent to the world outside. They come from inside the cluster, with reach that the author of a
/// Trigger may not have: [AllowedUrls] says where they may go, and [Outlet] and [MailOutlet], which send them, connect to no other
/// address than the one that was looked at.
@NullMarked
package dev.bellhop.listener.outlet;

import org.jspecify.annotations.NullMarked;
