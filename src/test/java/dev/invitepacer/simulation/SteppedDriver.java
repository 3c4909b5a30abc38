package dev.invitepacer.simulation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Logger;
import org.postgresql.PGConnection;

/**
 * PostgreSQL's driver, whose connections stop with a {@link SteppedThread} before each statement and around each commit, and
 * break where it is told to. Other threads notice nothing of it.
 */
public final class SteppedDriver implements Driver {
    private static final String SESSION = "set plan_cache_mode = 'force_generic_plan'; set synchronous_commit = off;"
            + " set lock_timeout = 0; set statement_timeout = 0";

    /**
     * Connections that broke, or that the pool closed, only as far as their users know: whoever connects next gets one, with all
     * that it has planned.
     */
    private static final Queue<Connection> SPARE = new ConcurrentLinkedQueue<>();

    private static volatile boolean isKept;

    private final Driver real = new org.postgresql.Driver();

    /**
     * Makes a connection one of the simulation alone, from here on: each statement is planned once, and whatever waits, waits for
     * as long as the simulation is halted.
     */
    static void devote(Connection connection) throws SQLException {
        connection.unwrap(PGConnection.class).setPrepareThreshold(1);
        connection.setNetworkTimeout(Runnable::run, 0);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SESSION);
        }
    }

    /** From here on, until {@link #forget()}, a simulation's connections are used again. */
    static void keep() {
        isKept = true;
    }

    /** Whatever a simulation has used is not for others. */
    static void forget() {
        isKept = false;
        for (Connection spare = SPARE.poll(); spare != null; spare = SPARE.poll()) {
            try {
                spare.close();
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        Connection spare = SPARE.poll();
        Connection connection = spare == null ? real.connect(url, info) : spare;
        return connection == null
                ? null
                : (Connection) Proxy.newProxyInstance(
                        SteppedDriver.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        new SteppedConnection(connection));
    }

    private static final class SteppedConnection implements InvocationHandler {
        private final Connection real;
        private boolean isPrepared;
        private boolean isBroken;

        SteppedConnection(Connection real) {
            this.real = real;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            String name = method.getName();
            if (isBroken) {
                return broken(name);
            }
            if (isKept && isPrepared && name.equals("close")) {
                spare();
                return null;
            }
            SteppedThread thread = SteppedThread.current();
            if (thread != null) {
                if (name.equals("commit")) {
                    commit(thread);
                    return null;
                }
                if (name.equals("setAutoCommit") && Boolean.FALSE.equals(arguments[0])) {
                    prepare();
                    thread.backend = real.unwrap(PGConnection.class).getBackendPID();
                    stop(thread, SteppedThread.Point.BEGIN);
                } else if (name.startsWith("prepare") || name.equals("createStatement")) {
                    stop(thread, SteppedThread.Point.STATEMENT);
                }
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        }

        private void prepare() throws SQLException {
            if (!isPrepared) {
                isPrepared = true;
                devote(real);
            }
        }

        private void stop(SteppedThread thread, SteppedThread.Point where) throws SQLException {
            switch (thread.at(where)) {
                case GO_ON -> {}
                case REFUSE -> throw new SQLTransientConnectionException("no connection is free");
                default -> throw breaks();
            }
        }

        private void commit(SteppedThread thread) throws SQLException {
            SteppedThread.Verdict verdict = thread.at(SteppedThread.Point.COMMIT);
            if (verdict == SteppedThread.Verdict.BREAK) {
                throw breaks();
            }
            real.commit();
            thread.at(SteppedThread.Point.COMMITTED);
            if (verdict == SteppedThread.Verdict.BREAK_AFTERWARDS) {
                throw breaks();
            }
        }

        /** What was not committed is undone before anybody else goes on, as by a database that notices. */
        private SQLException breaks() throws SQLException {
            spare();
            return gone();
        }

        private void spare() throws SQLException {
            isBroken = true;
            try {
                if (!real.getAutoCommit()) {
                    real.rollback();
                    real.setAutoCommit(true);
                }
                SPARE.add(real);
            } catch (SQLException dead) {
                real.close();
            }
        }

        private static SQLException gone() {
            return new SQLException("the connection is gone", "08006");
        }

        private static Object broken(String name) throws SQLException {
            return switch (name) {
                case "isClosed" -> true;
                case "isValid" -> false;
                case "close", "abort", "clearWarnings" -> null;
                case "hashCode" -> 0;
                case "equals" -> false;
                case "toString" -> "a connection that is gone";
                default -> throw gone();
            };
        }
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return real.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        return real.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
        return real.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return real.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return real.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("org.postgresql");
    }
}
