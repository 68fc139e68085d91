package dev.bellhop.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A program of its own, so that its connections do not count against the listener's open files: opens connections, says
/// nothing, and tells when the other side has closed them all.
final class IdleConnections {
    private IdleConnections() {}

    /// Arguments: port, number. Prints `opened N`, then `closed N`.
    public static void main(String[] args) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        int wanted = Integer.parseInt(args[1]);
        try (var selector = Selector.open()) {
            int opened = 0;
            while (opened < wanted) {
                try {
                    var channel = SocketChannel.open(address);
                    channel.configureBlocking(false);
                    channel.register(selector, SelectionKey.OP_READ);
                    opened++;
                } catch (IOException e) {
                    System.err.println("after " + opened + ": " + e);
                    break;
                }
            }
            System.out.println("opened " + opened);
            System.out.println("closed " + closed(selector, opened));
        }
    }

    private static int closed(Selector selector, int opened) throws IOException {
        var buffer = ByteBuffer.allocate(1024);
        int closed = 0;
        while (closed < opened) {
            selector.select();
            for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); keys.remove()) {
                var channel = (SocketChannel) keys.next().channel();
                if (isAtEnd(channel, buffer.clear())) {
                    channel.close();
                    closed++;
                }
            }
        }
        return closed;
    }

    private static boolean isAtEnd(SocketChannel channel, ByteBuffer buffer) {
        try {
            return channel.read(buffer) < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
