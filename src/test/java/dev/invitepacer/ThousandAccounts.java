package dev.invitepacer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A thousand accounts at work, the first with 100,000 drafts: a full house for whoever measures. */
public final class ThousandAccounts {
    private static final Path SCRIPT = Path.of("src/test/resources/thousand-accounts.sql");

    private ThousandAccounts() {}

    /** Fills an empty database, for as long as that takes. */
    public static void fill(DataSource database) throws IOException, SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            int patience = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, 0);
            statement.execute("set statement_timeout = 0");
            statement.execute(Files.readString(SCRIPT));
            statement.execute("vacuum analyze");
            // As every connection of the service begins: application.properties.
            statement.execute("set statement_timeout = '50s'");
            connection.setNetworkTimeout(Runnable::run, patience);
        }
    }
}
