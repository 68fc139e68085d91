package dev.bellhop.listener.broker.nats;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

import org.jspecify.annotations.Nullable;

/// TLS that checks whether the server's certificate is for the host that was meant. NATS's client trusts any certificate of the
/// authority otherwise, and offers no option for it.
///
/// Servers tell of each other by their addresses; a host that is only an address is checked by the name that was configured, as
/// NATS's other clients do.
final class NameCheckingContext extends SSLContext {
    NameCheckingContext(SSLContext context, List<String> hosts) {
        super(new Spi(context, List.copyOf(hosts)), context.getProvider(), context.getProtocol());
    }

    private static final class Spi extends SSLContextSpi {
        private final SSLContext context;
        private final List<String> hosts;

        Spi(SSLContext context, List<String> hosts) {
            this.context = context;
            this.hosts = hosts;
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new Sockets(context.getSocketFactory(), hosts);
        }

        @Override
        protected void engineInit(KeyManager @Nullable [] keys, TrustManager @Nullable [] trusted,
                @Nullable SecureRandom random) throws KeyManagementException {
            throw new KeyManagementException("it is set up already");
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return context.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return context.createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }
    }

    private static final class Sockets extends SSLSocketFactory {
        private final SSLSocketFactory sockets;
        private final List<String> hosts;

        Sockets(SSLSocketFactory sockets, List<String> hosts) {
            this.sockets = sockets;
            this.hosts = hosts;
        }

        private String named(String host) {
            boolean isAddress = host.indexOf(':') >= 0
                    || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
            return isAddress && !hosts.contains(host) && !hosts.isEmpty() ? hosts.getFirst() : host;
        }

        private static Socket checked(Socket socket) {
            if (socket instanceof SSLSocket secure) {
                var parameters = secure.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secure.setSSLParameters(parameters);
            }
            return socket;
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            return checked(sockets.createSocket(socket, named(host), port, autoClose));
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return checked(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return checked(sockets.createSocket(host, port, localHost, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return checked(sockets.createSocket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
                throws IOException {
            return checked(sockets.createSocket(address, port, localAddress, localPort));
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return sockets.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return sockets.getSupportedCipherSuites();
        }
    }
}
