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
