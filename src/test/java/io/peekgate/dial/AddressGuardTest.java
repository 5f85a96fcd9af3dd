package io.peekgate.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import inet.ipaddr.IPAddressString;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final String PUBLIC = "93.184.216.34";
    private static final AddressGuard DEFAULT = guard(List.of("special-purpose"), List.of());

    /** IANA's registries and what is added to them: the block, its first and last address, and its neighbours. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0.0.0.0/8, 0.0.0.1, 0.255.255.255, -, 1.0.0.0",
                "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
                "100.64.0.0/10, 100.64.0.0, 100.127.255.255, 100.63.255.255, 100.128.0.0",
                "127.0.0.0/8, 127.0.0.0, 127.255.255.255, 126.255.255.255, 128.0.0.0",
                "168.63.129.16/32, 168.63.129.16, 168.63.129.16, 168.63.129.15, 168.63.129.17",
                "169.254.0.0/16, 169.254.0.0, 169.254.255.255, 169.253.255.255, 169.255.0.0",
                "169.254.169.254/32, 169.254.169.254, 169.254.169.254, -, -",
                "172.16.0.0/12, 172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0",
                "192.0.0.0/24, 192.0.0.11, 192.0.0.255, 191.255.255.255, 192.0.1.0",
                "192.0.0.0/29, 192.0.0.0, 192.0.0.7, -, -",
                "192.0.0.8/32, 192.0.0.8, 192.0.0.8, -, -",
                "192.0.0.9/32, 192.0.0.9, 192.0.0.9, -, -",
                "192.0.0.10/32, 192.0.0.10, 192.0.0.10, -, -",
                "192.0.0.170/31, 192.0.0.170, 192.0.0.171, -, -",
                "192.0.2.0/24, 192.0.2.0, 192.0.2.255, 192.0.1.255, 192.0.3.0",
                "192.31.196.0/24, 192.31.196.0, 192.31.196.255, 192.31.195.255, 192.31.197.0",
                "192.52.193.0/24, 192.52.193.0, 192.52.193.255, 192.52.192.255, 192.52.194.0",
                "192.88.99.0/24, 192.88.99.0, 192.88.99.255, 192.88.98.255, 192.88.100.0",
                "192.88.99.2/32, 192.88.99.2, 192.88.99.2, -, -",
                "192.168.0.0/16, 192.168.0.0, 192.168.255.255, 192.167.255.255, 192.169.0.0",
                "192.175.48.0/24, 192.175.48.0, 192.175.48.255, 192.175.47.255, 192.175.49.0",
                "198.18.0.0/15, 198.18.0.0, 198.19.255.255, 198.17.255.255, 198.20.0.0",
                "198.51.100.0/24, 198.51.100.0, 198.51.100.255, 198.51.99.255, 198.51.101.0",
                "203.0.113.0/24, 203.0.113.0, 203.0.113.255, 203.0.112.255, 203.0.114.0",
                "224.0.0.0/4, 224.0.0.0, 239.255.255.255, 223.255.255.255, -",
                "240.0.0.0/4, 240.0.0.0, 255.255.255.254, -, -",
                "255.255.255.255/32, 255.255.255.255, 255.255.255.255, -, -",
                "::1/128, ::1, ::1, -, ::808:808",
                "::/128, ::, ::, -, -",
                "64:ff9b:1::/48, 64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff, 64:ff9b:0:ffff::, 64:ff9b:2::",
                "100::/64, 100::, 100::ffff:ffff:ffff:ffff, ff:ffff::, 100:0:0:2::",
                "100:0:0:1::/64, 100:0:0:1::, 100:0:0:1:ffff:ffff:ffff:ffff, -, 100:0:0:2::",
                "2001::/23, 2001:5::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2000:ffff::, 2001:200::",
                "2001::/32, 2001::, 2001:0:ffff:ffff:ffff:ffff:ffff:ffff, -, -",
                "2001:1::1/128, 2001:1::1, 2001:1::1, -, -",
                "2001:1::2/128, 2001:1::2, 2001:1::2, -, -",
                "2001:1::3/128, 2001:1::3, 2001:1::3, -, -",
                "2001:2::/48, 2001:2::, 2001:2:0:ffff:ffff:ffff:ffff:ffff, -, -",
                "2001:3::/32, 2001:3::, 2001:3:ffff:ffff:ffff:ffff:ffff:ffff, -, -",
                "2001:4:112::/48, 2001:4:112::, 2001:4:112:ffff:ffff:ffff:ffff:ffff, -, -",
                "2001:10::/28, 2001:10::, 2001:1f:ffff:ffff:ffff:ffff:ffff:ffff, -, -",
                "2001:20::/28, 2001:20::, 2001:2f:ffff:ffff:ffff:ffff:ffff:ffff, -, -",
                "2001:30::/28, 2001:30::, 2001:3f:ffff:ffff:ffff:ffff:ffff:ffff, -, -",
                "2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db7:ffff::, 2001:db9::",
                "2002::/16, 2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 2001:ffff::, 2003::",
                "2620:4f:8000::/48, 2620:4f:8000::, 2620:4f:8000:ffff:ffff:ffff:ffff:ffff, 2620:4f:7fff::, 2620:4f:8001::",
                "3fff::/20, 3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3ffe:ffff::, 3fff:1000::",
                "5f00::/16, 5f00::, 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 5eff:ffff::, 5f01::",
                "fc00::/7, fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fbff:ffff::, fe00::",
                "fe80::/10, fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fe7f:ffff::, -",
                "fec0::/10, fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -, -",
                "ff00::/8, ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -, -",
            })
    void a_special_purpose_block_is_closed_to_its_edges(
            String block, String first, String last, String before, String after) {
        Stream.of(first, last)
                .forEach(inside -> assertThat(refusal(DEFAULT, inside).detail()).contains(" is in " + block + " ("));
        Stream.of(before, after)
                .filter(outside -> outside != null)
                .forEach(outside ->
                        assertThat(passes(DEFAULT, outside)).as(outside).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PUBLIC,
                "1.1.1.1",
                "8.8.8.8",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::8.8.8.8",
                "64:ff9b::5db8:d822"
            })
    void public_addresses_pass(String address) {
        assertThat(passes(DEFAULT, address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "64:ff9b::10.0.0.7, 10.0.0.7",
        "64:ff9b::169.254.169.254, 169.254.169.254",
        "::10.0.0.7, 10.0.0.7",
        "::ffff:0:10.0.0.7, 10.0.0.7",
        "2606:4700::5efe:10.0.0.7, 10.0.0.7",
        "2606:4700::200:5efe:10.0.0.7, 10.0.0.7",
        "fe80::5efe:10.0.0.7, 10.0.0.7",
        "2002:0a00:0007::1, 10.0.0.7",
        "2001:0:5ef5:79fd:0:fb2e:f5ff:fff8, 10.0.0.7",
        "64:ff9b:1::10.0.0.7, 10.0.0.7",
        "64:ff9b:1:fffe::10.0.0.7, 255.254.0.0",
        "64:ff9b:1:0a00:0000:0700::, 10.0.0.7",
    })
    void an_address_is_refused_if_the_ipv4_inside_it_is(String address, String inside) {
        AddressGuard allSix = guard(List.of("special-purpose"), List.of("::/0"));

        assertThat(refusal(allSix, address).detail()).contains(" holds IPv4: " + inside + " is in ");
    }

    @Test
    void a_mapped_address_is_judged_as_the_ipv4_it_is() throws Exception {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 10;
        Inet6Address kept = Inet6Address.getByAddress(null, mapped, -1);
        AddressGuard allSix = guard(List.of("special-purpose"), List.of("::/0"));

        assertThat(InetAddress.getByAddress(mapped).getHostAddress()).isEqualTo("10.0.0.0");
        assertThat(refusal(DEFAULT, List.of(kept), 443, false).detail()).contains("::ffff:0:0/96");
        assertThat(refusal(allSix, List.of(kept), 443, false).detail()).contains("10.0.0.0 is in 10.0.0.0/8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2002:808:808::1",
                "2001:0:5ef5:79fd:0:fb2e:f7f7:f7f7",
                "64:ff9b:1::8.8.8.8",
                "64:ff9b:1:0808:0008:0800::"
            })
    void a_tunnel_that_is_allowed_leads_to_public_addresses(String address) {
        assertThat(passes(guard(List.of("special-purpose"), List.of("::/0")), address))
                .isTrue();
    }

    @Test
    void a_zone_hides_nothing() throws Exception {
        Inet6Address zoned = Inet6Address.getByAddress(null, address("fe80::1").getAddress(), 1);

        assertThat(refusal(DEFAULT, List.of(zoned), 443, false).detail()).contains("fe80::1 is in fe80::/10");
    }

    @Test
    void the_candidates_that_pass_are_the_same_objects_in_the_same_order() {
        InetAddress one = address(PUBLIC);
        InetAddress two = address("2606:4700::1111");

        List<InetAddress> admitted = DEFAULT.admit(List.of(one, address("10.0.0.7"), two), 443, false);

        assertThat(admitted).usingElementComparator((a, b) -> a == b ? 0 : 1).containsExactly(one, two);
    }

    @Test
    void a_refusal_names_each_address_and_its_block() {
        Refusal refusal = refusal(DEFAULT, List.of(address("10.0.0.7"), address("::1")), 443, false);

        assertThat(refusal.reason()).isEqualTo(CloseReason.DESTINATION_DENIED);
        assertThat(refusal.detail())
                .isEqualTo("10.0.0.7 is in 10.0.0.0/8 (private-use, RFC 1918), ::1 is in ::1/128 (loopback, RFC 4291)");
    }

    @Test
    void words_close_what_they_say() {
        AddressGuard privately = guard(List.of("private"), List.of());
        AddressGuard loopback = guard(List.of("loopback"), List.of());
        AddressGuard any = guard(List.of("any"), List.of());
        AddressGuard none = guard(List.of(), List.of());

        assertThat(Stream.of("10.1.1.1", "172.16.1.1", "192.168.1.1", "fd00::1"))
                .noneMatch(address -> passes(privately, address))
                .allMatch(address -> passes(loopback, address));
        assertThat(Stream.of("127.0.0.1", "::1"))
                .noneMatch(address -> passes(loopback, address))
                .allMatch(address -> passes(privately, address));
        assertThat(Stream.of(PUBLIC, "2606:4700::1111")).noneMatch(address -> passes(any, address));
        assertThat(Stream.of("10.1.1.1", "127.0.0.1", "169.254.169.254")).allMatch(address -> passes(none, address));
    }

    @Test
    void allow_overrides_deny() {
        AddressGuard guard =
                guard(List.of("special-purpose", "93.184.216.0/24"), List.of("loopback", "10.0.0.7", PUBLIC + "/32"));

        assertThat(Stream.of("127.0.0.1", "::1", "10.0.0.7", PUBLIC)).allMatch(address -> passes(guard, address));
        assertThat(Stream.of("10.0.0.8", "192.168.1.1", "93.184.216.35")).noneMatch(address -> passes(guard, address));
        assertThat(passes(guard(List.of("any"), List.of("any")), "10.0.0.8")).isTrue();
    }

    @Test
    void allow_private_opens_the_words_but_not_what_is_written_out() {
        AddressGuard guard = guard(List.of("special-purpose", "10.9.0.0/16"), List.of());

        assertThat(passes(guard, "10.0.0.7", true)).isTrue();
        assertThat(passes(guard, "64:ff9b::10.0.0.7", true)).isTrue();
        assertThat(refusal(guard, List.of(address("10.9.0.1")), 443, true).detail())
                .isEqualTo("10.9.0.1 is in 10.9.0.0/16 (destinations.deny)");
        assertThat(passes(guard(List.of("any"), List.of()), PUBLIC, true)).isFalse();
    }

    @Test
    void this_machine_is_denied_unless_allowed() {
        List<InetAddress> own = List.of(address(PUBLIC));
        AddressGuard closed = new AddressGuard(List.of(), List.of(), true, List.of(), own);
        AddressGuard allowed = new AddressGuard(List.of(), List.of(PUBLIC), true, List.of(), own);
        AddressGuard open = new AddressGuard(List.of(), List.of(), false, List.of(), own);

        assertThat(refusal(closed, PUBLIC).detail()).isEqualTo(PUBLIC + " is denied (this machine)");
        assertThat(passes(closed, PUBLIC, true)).isTrue();
        assertThat(passes(allowed, PUBLIC)).isTrue();
        assertThat(passes(open, PUBLIC)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void a_wildcard_listener_is_found_on_every_address_of_this_machine(String wildcard) {
        AddressGuard guard = listening(wildcard, 8443);

        assertThat(Stream.of("127.0.0.1", "127.9.9.9", "::1", PUBLIC, "fd00::2", "0.0.0.0", "::", "64:ff9b::127.0.0.1"))
                .allSatisfy(address -> assertThat(refusal(guard, List.of(address(address)), 8443, true)
                                .reason())
                        .isEqualTo(CloseReason.LOOP));
        assertThat(passes(guard, PUBLIC, 443)).isTrue();
        assertThat(passes(guard, "8.8.8.8", 8443)).isTrue();
    }

    @Test
    void a_listener_of_one_address_is_found_there_alone() {
        AddressGuard guard = listening("127.0.0.1", 8443);

        assertThat(refusal(guard, List.of(address("127.0.0.1")), 8443, true).detail())
                .isEqualTo("127.0.0.1 port 8443 is this gateway's own listener");
        assertThat(passes(guard, "0.0.0.0", 8443)).isFalse();
        assertThat(passes(guard, "127.0.0.2", 8443)).isTrue();
        assertThat(passes(guard, "127.0.0.1", 8444)).isTrue();
    }

    @Test
    void one_way_out_is_no_loop() {
        AddressGuard guard = listening("127.0.0.1", 8443);
        InetAddress out = address("8.8.8.8");

        assertThat(guard.admit(List.of(address("127.0.0.1"), out), 8443, false)).containsExactly(out);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "privat", "10", "10.*", "10.0.0.0-9", "10.0.0.7/8", "1.2.3.4/33", "0x7f.1", "*", "::/129"})
    void what_is_no_block_is_refused(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> guard(List.of(entry), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> guard(List.of(), List.of(entry)));
    }

    @Test
    void this_machine_has_its_loopback_address() {
        assertThat(AddressGuard.interfaceAddresses()).contains(address("127.0.0.1"));
    }

    private static AddressGuard guard(List<String> deny, List<String> allow) {
        return new AddressGuard(deny, allow, true, List.of(), List.of());
    }

    /** On a machine that has two addresses, with everything allowed. */
    private static AddressGuard listening(String address, int port) {
        return new AddressGuard(
                List.of("special-purpose"),
                List.of("any"),
                true,
                List.of(new InetSocketAddress(address(address), port)),
                List.of(address(PUBLIC), address("fd00::2")));
    }

    private static InetAddress address(String text) {
        return new IPAddressString(text).getAddress().toInetAddress();
    }

    private static boolean passes(AddressGuard guard, String address) {
        return passes(guard, address, false);
    }

    private static boolean passes(AddressGuard guard, String address, boolean allowPrivate) {
        return passes(guard, address, 443, allowPrivate);
    }

    private static boolean passes(AddressGuard guard, String address, int port) {
        return passes(guard, address, port, false);
    }

    private static boolean passes(AddressGuard guard, String address, int port, boolean allowPrivate) {
        try {
            return guard.admit(List.of(address(address)), port, allowPrivate).size() == 1;
        } catch (Refusal refusal) {
            return false;
        }
    }

    private static Refusal refusal(AddressGuard guard, String address) {
        return refusal(guard, List.of(address(address)), 443, false);
    }

    private static Refusal refusal(AddressGuard guard, List<InetAddress> candidates, int port, boolean allowPrivate) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> guard.admit(candidates, port, allowPrivate));
        assertThat(refusal).as(candidates + " passed").isNotNull();
        return refusal;
    }
}
