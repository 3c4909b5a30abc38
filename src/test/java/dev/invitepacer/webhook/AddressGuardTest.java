package dev.invitepacer.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of addresses tried against the guard: as they are written, and as a name may lead to them. */
class AddressGuardTest {
    private static final AddressGuard STRICT = AddressGuard.of(false, "none");
    private static final AddressGuard OFFICE = AddressGuard.of(true, "10.20.0.0/16, fd12:3456::/32,192.168.7.9");

    @ParameterizedTest
    @ValueSource(
            strings = {
                // this host
                "https://127.0.0.1/",
                "https://127.0.0.1:8080/",
                "https://127.1.2.3/",
                "https://0.0.0.0/",
                "https://0.1.2.3/",
                // in odd numbers
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://0x7F.1/",
                "https://017700000001/",
                "https://0177.0.0.1/",
                "https://00127.0.0.1/",
                "https://127.0.0.01/",
                "https://127.1/",
                "https://127.0.1/",
                "https://1/",
                "https://0/",
                "https://127.0.0.1./",
                "https://127.0.0.1.2/",
                "https://256.256.256.256/",
                "https://127.0.0.256/",
                "https://4294967297/",
                "https://127.0.0.0x1/",
                "https://1.2.3.a4.5/",
                // in odd letters
                "https://①②⑦.0.0.1/",
                "https://127。0。0。1/",
                "https://127．0．0．1/",
                "https://１２７.0.0.1/",
                "https://١٢٧.0.0.1/",
                "https://127%2e0%2e0%2e1/",
                "https://%31%32%37.0.0.1/",
                "https://ⓛocalhost/",
                "https://ex\u00adample.org/",
                "https://exam\u200bple.org/",
                "https://bücher.example/",
                // private, link-local, shared
                "https://10.0.0.1/",
                "https://10.255.255.255/",
                "https://172.16.0.1/",
                "https://172.31.255.254/",
                "https://192.168.0.1/",
                "https://192.168.255.255/",
                "https://169.254.1.1/",
                "https://100.64.0.1/",
                "https://100.127.255.255/",
                // metadata
                "https://169.254.169.254/latest/meta-data/",
                "https://169.254.170.2/",
                "https://100.100.100.200/",
                "https://168.63.129.16/",
                "https://192.0.0.192/",
                "https://[fd00:ec2::254]/",
                "https://2852039166/",
                // multicast, broadcast, reserved, documentation, benchmarks
                "https://224.0.0.1/",
                "https://239.255.255.255/",
                "https://255.255.255.255/",
                "https://240.0.0.1/",
                "https://192.0.0.1/",
                "https://192.0.2.1/",
                "https://198.51.100.1/",
                "https://203.0.113.1/",
                "https://198.18.0.1/",
                "https://198.19.255.255/",
                "https://192.88.99.1/",
                // IPv6
                "https://[::1]/",
                "https://[::]/",
                "https://[0:0:0:0:0:0:0:1]/",
                "https://[0000::0001]/",
                "https://[fe80::1]/",
                "https://[fe80::1%25eth0]/",
                "https://[fe80::1%eth0]/",
                "https://[::1%25lo]/",
                "https://[fc00::1]/",
                "https://[fdff::1]/",
                "https://[fec0::1]/",
                "https://[ff02::1]/",
                "https://[ff0e::1]/",
                "https://[2001:db8::1]/",
                "https://[3fff::1]/",
                "https://[100::1]/",
                "https://[2001:2::1]/",
                "https://[2001:10::1]/",
                "https://[5f00::1]/",
                "https://[4000::1]/",
                // IPv4 in IPv6
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::FFFF:10.0.0.1]/",
                "https://[0:0:0:0:0:ffff:a9fe:a9fe]/",
                "https://[::127.0.0.1]/",
                "https://[::7f00:1]/",
                "https://[::ffff:0:127.0.0.1]/",
                "https://[64:ff9b::127.0.0.1]/",
                "https://[64:ff9b::a9fe:a9fe]/",
                "https://[64:ff9b:1::7f00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[2002:a9fe:a9fe::1]/",
                "https://[2001:0:7f00:1::]/",
                "https://[2001::1]/",
                "https://[::ffff:93.184.216.34]/",
                // not an address of ours
                "http://93.184.216.34/",
                "ftp://93.184.216.34/",
                "file:///etc/passwd",
                "gopher://93.184.216.34/",
                "//93.184.216.34/",
                "93.184.216.34",
                "https:93.184.216.34",
                "https:/93.184.216.34/",
                "https:///93.184.216.34/",
                "https://",
                "https:///",
                "",
                " ",
                "javascript:alert(1)",
                "unix:///var/run/docker.sock",
                // who is asked for, and who is meant
                "https://user@93.184.216.34/",
                "https://user:password@example.org/",
                "https://@example.org/",
                "https://:@example.org/",
                "https://example.org@127.0.0.1/",
                "https://127.0.0.1@example.org/",
                "https://example.org\\@127.0.0.1/",
                "https://example.org\\.evil.test/",
                "https://example.org/#part",
                "https://example.org#@127.0.0.1/",
                "https://exam ple.org/",
                "https://example.org/\r\nHost: a",
                "https://example.org/\t",
                "\thttps://example.org/",
                "https://example.org:0/",
                "https://example.org:65536/",
                "https://example.org:-1/",
                "https://example.org:/",
                "https://example.org:80:80/",
                "https://example.org:8o/",
                "https://example.org./",
                "https://example..org/",
                "https://.example.org/",
                "https://-example.org/",
                "https://example-.org/",
                "https://exa_mple.org/",
                "https://[example.org]/",
                "https://[127.0.0.1]/",
                "https://[::1/",
                "https://::1/",
                "https://[1:2:3:4:5:6:7:8:9]/",
                "https://[12345::1]/",
                "https://[2606:*::1]/",
                "https://[2606:4700::/32]/",
                "https://93.184.216.0-34/",
                "https://93.184.216.*/",
                "https://93.184.216.34/24:80/.%0d%0aHost:[x]{"
            })
    void isRefused(String url) {
        assertThatThrownBy(() -> STRICT.target(url))
                .isInstanceOf(RefusedAddress.class)
                .message()
                .matches("(?:must|is|leads) .+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.20.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "168.63.129.16",
                "224.0.0.1",
                "255.255.255.255",
                "198.18.0.1",
                "240.0.0.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "fec0::1",
                "ff02::1",
                "2001:db8::1",
                "64:ff9b::a00:1",
                "64:ff9b:1::a00:1",
                "2002:a00:1::",
                "2001::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "100::1",
                "3fff::1"
            })
    void isRefusedWhereANameLeads(String address) {
        assertThatThrownBy(() -> STRICT.check(InetAddress.getByName(address)))
                .isInstanceOf(RefusedAddress.class)
                .hasMessageContaining("not public")
                .message()
                .doesNotContain(address + " ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://hooks.example.org/pacer",
                "https://hooks.example.org",
                "https://HOOKS.Example.ORG:8443/a?b=c%20d&e",
                "https://xn--bcher-kva.example/",
                "https://93.184.216.34/",
                "https://[2606:4700::1111]:443/x",
                "https://172.32.0.1/",
                "https://172.15.255.255/",
                "https://100.63.255.255/",
                "https://100.128.0.1/",
                "https://169.253.0.1/",
                "https://192.167.255.255/",
                "https://9.255.255.255/",
                "https://11.0.0.1/",
                "https://223.255.255.255/",
                "https://1.0.0.0/",
                "https://localhost/",
                "https://a.b-c.d1/",
                "https://crm:1/"
            })
    void isTaken(String url) throws RefusedAddress {
        assertThat(STRICT.target(url)).isNotNull();
    }

    @Test
    void anAddressIsTakenApartAsItIsWritten() throws RefusedAddress {
        Target target = STRICT.target("https://HOOKS.Example.ORG:8443/a/../b?c=d%20e");

        assertThat(target.host()).isEqualTo("hooks.example.org");
        assertThat(target.authority()).isEqualTo("hooks.example.org:8443");
        assertThat(target.path()).isEqualTo("/a/../b?c=d%20e");
        assertThat(STRICT.target("https://hooks.example.org").path()).isEqualTo("/");
        assertThat(STRICT.target("https://[2606:4700::1111]/").authority()).isEqualTo("[2606:4700::1111]");
    }

    @Test
    void theOperatorAllowsNetworksAndHttp() throws Exception {
        assertThat(OFFICE.target("http://10.20.3.4/").isTls()).isFalse();
        assertThat(OFFICE.target("https://[fd12:3456::7]/").isTls()).isTrue();
        OFFICE.check(InetAddress.getByName("192.168.7.9"));

        assertThatThrownBy(() -> OFFICE.target("http://10.21.0.1/")).isInstanceOf(RefusedAddress.class);
        assertThatThrownBy(() -> OFFICE.check(InetAddress.getByName("192.168.7.10")))
                .isInstanceOf(RefusedAddress.class);
        assertThatThrownBy(() -> OFFICE.target("http://[::ffff:10.20.3.4]/")).isInstanceOf(RefusedAddress.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "10.0.0/8", "10.0.0.0/8,", "everything", "10.*.0.0", "fe80::1%eth0", "010.0.0.0/8"
            })
    void aNetworkThatIsNoneIsToldAtStart(String networks) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressGuard.of(false, networks))
                .withMessageContaining("pacer.webhooks.allowed-networks");
    }
}
