/// The filters of Brigade's Kubernetes gateway: [BrigadeGateway].
@NullMarked
package dev.bellhop.cli.convert.brigade;

import org.jspecify.annotations.NullMarked;
