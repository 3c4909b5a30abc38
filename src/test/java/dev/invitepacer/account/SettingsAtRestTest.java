package dev.invitepacer.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** What was read once is not read again, and everybody keeps what is theirs. */
class SettingsAtRestTest {
    private static final String OTHERS = "{\"weeklyCap\": 7}";

    private final Accounts accounts = new Accounts(new ObjectMapper(), null);

    @Test
    void accountsThatDifferByTheirNameAloneKeepIt() {
        AccountSettings ada = accounts.settingsAtRest("Ada", OTHERS);
        AccountSettings bo = accounts.settingsAtRest("Bo", OTHERS);

        assertThat(ada.name()).isEqualTo("Ada");
        assertThat(bo).isEqualTo(accounts.settingsAtRest("{\"name\": \"Bo\", \"weeklyCap\": 7}"));
        assertThat(bo.activeHours()).isSameAs(ada.activeHours());
    }

    @Test
    void whatIsBrokenIsToldThoughTheRestWasReadBefore() {
        accounts.settingsAtRest("Ada", OTHERS);

        assertThatThrownBy(() -> accounts.settingsAtRest(null, OTHERS))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("name");
        assertThatThrownBy(() -> accounts.settingsAtRest("Ada", "{\"weeklyCap\": 0}"))
                .isInstanceOf(InvalidSettings.class);
    }
}
