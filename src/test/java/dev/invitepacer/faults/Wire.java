package dev.invitepacer.faults;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * A TCP connection to somebody, with a network in between that has its weather. Whoever connects to {@link #port()} is
 * connected to whatever listens on the target's port then.
 */
final class Wire implements AutoCloseable {
    /** What the network does with what is sent over it. */
    enum Weather {
        /** It arrives. */
        CALM,
        /** It arrives late, each piece by so much. */
        DELAYS,
        /** It does not arrive until the weather changes; nobody is told. */
        DROPS,
        /** Connections are reset: all that there are at once, and new ones as soon as something is sent, or answered. */
        RESETS
    }

    private static final int PIECE = 16_384;
    private static final int BACKLOG = 256;

    private final Random random;
    private final IntSupplier target;
    private final ServerSocket server;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        return thread;
    });
    private Weather weather = Weather.CALM;
    private Duration delay = Duration.ZERO;

    private record Connection(Socket near, Socket far, AtomicInteger ways) {
        /** Called for each way; when both have ended well, so has the connection. */
        boolean end() throws IOException {
            if (ways.decrementAndGet() > 0) {
                return false;
            }
            near.close();
            far.close();
            return true;
        }

        /** Both ends get a reset, as from a network that has forgotten them. */
        void reset() {
            for (Socket end : new Socket[] {near, far}) {
                try {
                    end.setSoLinger(true, 0);
                    end.close();
                } catch (IOException already) {
                    // closed
                }
            }
        }
    }

    /** @param target the port on 127.0.0.1 that it leads to now; asked for each connection */
    Wire(long seed, IntSupplier target) throws IOException {
        this.random = new Random(seed);
        this.target = target;
        this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        threads.execute(this::listen);
    }

    int port() {
        return server.getLocalPort();
    }

    void calm() {
        change(Weather.CALM, Duration.ZERO);
    }

    /** @param delay of each piece, where the weather delays */
    void change(Weather to, Duration delay) {
        synchronized (this) {
            weather = to;
            this.delay = delay;
            notifyAll();
        }
        if (to == Weather.RESETS) {
            cut();
        }
    }

    /** Resets all connections that there are. */
    void cut() {
        connections.forEach(this::reset);
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                threads.execute(() -> connect(near));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket near) {
        Socket far;
        try {
            far = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt());
        } catch (IOException | IllegalArgumentException nobodyThere) {
            new Connection(near, near, new AtomicInteger()).reset();
            return;
        }
        Connection connection = new Connection(near, far, new AtomicInteger(2));
        connections.add(connection);
        threads.execute(() -> carry(connection, near, far));
        carry(connection, far, near);
    }

    private void carry(Connection connection, Socket from, Socket to) {
        byte[] piece = new byte[PIECE];
        try {
            from.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                if (!passes()) {
                    reset(connection);
                    return;
                }
                to.getOutputStream().write(piece, 0, length);
            }
            to.shutdownOutput();
            if (connection.end()) {
                connections.remove(connection);
            }
        } catch (IOException gone) {
            reset(connection);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            reset(connection);
        }
    }

    private void reset(Connection connection) {
        connections.remove(connection);
        connection.reset();
    }

    /** Returns when the piece may go on, at the latest when the weather changes; false where the connection is reset instead. */
    private synchronized boolean passes() throws InterruptedException {
        long began = System.nanoTime();
        while (true) {
            if (weather == Weather.DROPS) {
                wait();
                continue;
            }
            long rest = delay.toNanos() - (System.nanoTime() - began);
            if (weather != Weather.DELAYS || rest <= 0) {
                return weather != Weather.RESETS || random.nextBoolean();
            }
            TimeUnit.NANOSECONDS.timedWait(this, rest);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
        threads.shutdownNow();
    }
}
