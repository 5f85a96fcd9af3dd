package io.peekgate.peek;

import static io.peekgate.testkit.Bytes.hex;
import static io.peekgate.testkit.Bytes.join;
import static io.peekgate.testkit.Bytes.latin1;
import static io.peekgate.testkit.Bytes.uint16;
import static io.peekgate.testkit.Bytes.uint8;
import static io.peekgate.testkit.Bytes.vector16;
import static io.peekgate.testkit.Bytes.vector24;
import static io.peekgate.testkit.Bytes.vector8;
import static io.peekgate.testkit.Hellos.hello;
import static io.peekgate.testkit.Hellos.serverNames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.peekgate.model.ClientHello;
import io.peekgate.model.ClientHello.Ech;
import io.peekgate.model.ClientRandom;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import io.peekgate.testkit.Bytes;
import io.peekgate.testkit.Hellos;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HelloParserTest {
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int PRE_SHARED_KEY = 41;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int ECH = 0xfe0d;

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "curl-h1,       www.example.com, http/1.1,    1.3, NONE",
                "curl-h2,       www.example.com, h2 http/1.1, 1.3, NONE",
                "openssl-tls12, www.example.com, '',          1.2, NONE",
                "openssl-tls13, www.example.com, '',          1.3, NONE",
                "openssl-nosni, -,               '',          1.3, NONE",
                "gnutls-cli,    www.example.com, '',          1.3, NONE",
                "java17,        www.example.com, '',          1.3, NONE",
                "chromium,      www.example.com, h2 http/1.1, 1.3, OUTER",
            })
    void reads_what_real_clients_send(String client, String name, String alpn, String version, Ech ech) {
        byte[] message = Hellos.message(Hellos.captured(client));

        assertThat(HelloParser.parse(message))
                .isEqualTo(new ClientHello(
                        Optional.ofNullable(name).map(ServerName::of),
                        alpn.isEmpty() ? List.of() : List.of(alpn.split(" ")),
                        version,
                        ech,
                        message.length,
                        ClientRandom.of(message, 6)));
    }

    @Test
    void a_hello_without_extensions_names_nothing() {
        byte[] none = hello().message();
        byte[] empty = join(uint8(1), vector24(Bytes.after(none, 4), vector16()));

        assertThat(HelloParser.parse(none))
                .isEqualTo(new ClientHello(
                        Optional.empty(), List.of(), "1.2", Ech.NONE, none.length, new ClientRandom(0, 0, 0, 0)));
        assertThat(HelloParser.parse(empty).serverName()).isEmpty();
    }

    @Test
    void a_name_becomes_canonical() {
        ClientHello parsed = HelloParser.parse(hello().sni("WWW.Example.COM").message());

        assertThat(parsed.serverName()).hasValue(ServerName.of("www.example.com"));
    }

    @ParameterizedTest
    @CsvSource({"0300, 3.0", "0301, 1.0", "0302, 1.1", "0303, 1.2", "0304, 1.3"})
    void without_supported_versions_the_legacy_version_counts(String version, String text) {
        byte[] message = hello().version(Integer.parseInt(version, 16)).message();

        assertThat(HelloParser.parse(message).tlsVersion()).isEqualTo(text);
    }

    @Test
    void the_newest_supported_version_counts_wherever_it_stands_and_grease_does_not() {
        byte[] message = hello().supportedVersions(0xfafa, 0x0302, 0x0304, 0x0303, 0x0a0a)
                .message();

        assertThat(HelloParser.parse(message).tlsVersion()).isEqualTo("1.3");
    }

    @Test
    void if_all_supported_versions_are_grease_the_legacy_version_counts() {
        assertThat(HelloParser.parse(hello().supportedVersions(0x0a0a).message())
                        .tlsVersion())
                .isEqualTo("1.2");
    }

    @Test
    void a_protocol_with_odd_bytes_is_escaped() {
        assertThat(HelloParser.parse(hello().alpn("h2", "\n\u00ff").message()).alpn())
                .containsExactly("h2", "\\x0a\\xff");
    }

    /** KDF and AEAD of HKDF-SHA256 and AES-128-GCM unless told; the least hello there is takes 71 bytes. */
    @ParameterizedTest
    @CsvSource({
        "an outer one,                       1, 32, 208, OUTER",
        "the shortest that may be real,      1, 32,  71, OUTER",
        "no room for a hello,                1, 32,  70, GREASE",
        "no key share in a first hello,      1,  0, 208, GREASE",
        "an AEAD that encrypts nothing, 0xffff, 32, 208, GREASE",
        "one that nobody knows yet,     0x4242, 97, 300, OUTER",
    })
    void an_outer_ech_is_grease_for_certain_only_if_no_server_could_read_it(
            String what, String aead, int enc, int payload, Ech kind) {
        byte[] data = outerEch(Integer.decode(aead), enc, payload);
        assertThat(HelloParser.parse(hello().extension(ECH, data).message()).ech())
                .isEqualTo(kind);
    }

    @Test
    void an_inner_ech_is_one_byte() {
        assertThat(HelloParser.parse(hello().extension(ECH, hex("01")).message())
                        .ech())
                .isEqualTo(Ech.INNER);
    }

    private static byte[] outerEch(int aead, int enc, int payload) {
        return join(hex("00 0001"), uint16(aead), uint8(0x17), vector16(new byte[enc]), vector16(new byte[payload]));
    }

    @Test
    void a_pre_shared_key_may_stand_last() {
        byte[] message =
                hello().sni("a.example").extension(PRE_SHARED_KEY, hex("00")).message();

        assertThat(HelloParser.parse(message).serverName()).isPresent();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refuses_what_two_readers_could_read_in_two_ways(String what, byte[] message) {
        assertThat(refusal(message).reason()).isEqualTo(CloseReason.MALFORMED_HELLO);
        assertThat(refusal(message).detail()).isNotBlank().hasSizeLessThan(150);
    }

    static Stream<Arguments> refuses_what_two_readers_could_read_in_two_ways() {
        byte[] name = serverNames("a.example");
        byte[] plain = hello().sni("a.example").message();
        return Stream.of(
                malformed("an empty message", hex("01000000")),
                malformed("only a version", hex("010000020303")),
                malformed("legacy_version 2.0", hello().version(0x0200)),
                malformed("legacy_version 4.3", hello().version(0x0403)),
                malformed("legacy_version of DTLS", hello().version(0xfefd)),
                malformed("a session id of 33 bytes", hello().session(new byte[33])),
                malformed("no cipher suites", hello().ciphers(vector16())),
                malformed("an odd cipher list", hello().ciphers(vector16(hex("130113")))),
                malformed("a cipher list beyond the end", hello().ciphers(hex("ffff1301"))),
                malformed("no compression methods", hello().compressions(vector8())),
                malformed("no null compression", hello().compressions(vector8(hex("01")))),
                malformed(
                        "half an extension block",
                        join(uint8(1), vector24(Bytes.after(hello().message(), 4), hex("00")))),
                malformed(
                        "an extension block too long",
                        join(uint8(1), vector24(Bytes.after(hello().message(), 4), hex("ffff")))),
                malformed("bytes after the extensions", join(uint8(1), vector24(Bytes.after(plain, 4), hex("00")))),
                malformed(
                        "half an extension header",
                        join(uint8(1), vector24(Bytes.after(hello().message(), 4), vector16(hex("000000"))))),
                malformed(
                        "two equal server_name extensions",
                        hello().sni("a.example").sni("a.example")),
                malformed(
                        "two server_name extensions",
                        hello().sni("a.example").alpn("h2").sni("b.example")),
                malformed(
                        "two extensions that nobody knows",
                        hello().extension(999, hex("")).extension(999, hex(""))),
                malformed(
                        "a pre_shared_key before the name",
                        hello().extension(PRE_SHARED_KEY, hex("00")).sni("a.example")),
                malformed("server_name without data", hello().extension(SERVER_NAME, hex(""))),
                malformed("an empty server_name list", hello().extension(SERVER_NAME, vector16())),
                malformed(
                        "two names in one list", hello().extension(SERVER_NAME, serverNames("a.example", "b.example"))),
                malformed("the same name twice", hello().extension(SERVER_NAME, serverNames("a.example", "a.example"))),
                malformed(
                        "an unknown type of name",
                        hello().extension(SERVER_NAME, vector16(uint8(1), vector16(latin1("a.example"))))),
                malformed(
                        "an unknown type of name beside a known",
                        hello().extension(SERVER_NAME, vector16(uint8(1), vector16(hex("00")), Bytes.after(name, 2)))),
                malformed(
                        "a known type of name before an unknown",
                        hello().extension(SERVER_NAME, vector16(Bytes.after(name, 2), uint8(1), vector16(hex("00"))))),
                malformed("a name without bytes", hello().extension(SERVER_NAME, serverNames(""))),
                malformed(
                        "a name beyond its list",
                        hello().extension(SERVER_NAME, vector16(uint8(0), uint16(99), latin1("a.example")))),
                malformed("bytes after the name list", hello().extension(SERVER_NAME, join(name, hex("00")))),
                malformed(
                        "a name list beyond its extension",
                        hello().extension(SERVER_NAME, join(uint16(99), Bytes.after(name, 2)))),
                malformed("an empty ALPN list", hello().alpn()),
                malformed("an empty protocol name", hello().alpn("h2", "")),
                malformed("ALPN without data", hello().extension(ALPN, hex(""))),
                malformed("bytes after the ALPN list", hello().extension(ALPN, hex("0003026832 00"))),
                malformed("a protocol beyond its list", hello().extension(ALPN, hex("0003 056832"))),
                malformed("no supported versions", hello().supportedVersions()),
                malformed("odd supported versions", hello().extension(SUPPORTED_VERSIONS, hex("03030403"))),
                malformed("bytes after supported versions", hello().extension(SUPPORTED_VERSIONS, hex("02030400"))),
                malformed("ECH without data", hello().extension(ECH, hex(""))),
                malformed("ECH of an unknown type", hello().extension(ECH, hex("02"))),
                malformed("an inner ECH with content", hello().extension(ECH, hex("0100"))),
                malformed("an outer ECH cut in its cipher suite", hello().extension(ECH, hex("00 0001 0001"))),
                malformed("an outer ECH without a payload", hello().extension(ECH, outerEch(1, 32, 0))),
                malformed("an outer ECH cut short", hello().extension(ECH, Bytes.first(outerEch(1, 32, 208), 200))),
                malformed("bytes after an outer ECH", hello().extension(ECH, join(outerEch(1, 32, 208), hex("00")))));
    }

    private static Arguments malformed(String what, Hellos.Builder hello) {
        return malformed(what, hello.message());
    }

    private static Arguments malformed(String what, byte[] message) {
        return Arguments.of(what, message);
    }

    @Test
    void every_shortened_message_is_malformed() {
        byte[] message = Hellos.message(Hellos.captured("chromium"));
        for (int length = 4; length < message.length; length++) {
            byte[] cut = join(uint8(1), vector24(Bytes.after(Bytes.first(message, length), 4)));
            if (length != endOfCompressions(message)) {
                assertThat(refusal(cut).reason()).as("%d bytes", length).isEqualTo(CloseReason.MALFORMED_HELLO);
            }
        }
    }

    /** Where a hello without extensions would end, which is legal. */
    private static int endOfCompressions(byte[] message) {
        int session = 4 + 2 + 32;
        int ciphers = session + 1 + message[session];
        int compressions = ciphers + 2 + Bytes.uint16At(message, ciphers);
        return compressions + 1 + message[compressions];
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,        NAME_IS_ADDRESS",
        "2001:db8::1,      NAME_IS_ADDRESS",
        "a.example.,       BAD_NAME",
        "a b.example,      BAD_NAME",
        "m\u00fcnchen.example,  BAD_NAME",
    })
    void refuses_names_that_are_none(String name, CloseReason reason) {
        assertThat(refusal(hello().sni(name).message()).reason()).isEqualTo(reason);
    }

    private static Refusal refusal(byte[] message) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> HelloParser.parse(message));
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }
}
