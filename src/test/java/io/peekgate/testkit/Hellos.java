package io.peekgate.testkit;

import static io.peekgate.testkit.Bytes.after;
import static io.peekgate.testkit.Bytes.first;
import static io.peekgate.testkit.Bytes.join;
import static io.peekgate.testkit.Bytes.latin1;
import static io.peekgate.testkit.Bytes.uint16;
import static io.peekgate.testkit.Bytes.uint16At;
import static io.peekgate.testkit.Bytes.uint8;
import static io.peekgate.testkit.Bytes.vector16;
import static io.peekgate.testkit.Bytes.vector24;
import static io.peekgate.testkit.Bytes.vector8;

import io.peekgate.model.ClientRandom;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ClientHellos: those that real clients sent (all but {@code openssl-nosni} for {@code www.example.com}), and made ones
 * of any shape. A <i>message</i> is the bare handshake message; <i>wire</i> means in records.
 */
public final class Hellos {
    /** Names of the captured ones. */
    public static final List<String> CAPTURED = List.of(
            "curl-h1",
            "curl-h2",
            "openssl-tls12",
            "openssl-tls13",
            "openssl-nosni",
            "gnutls-cli",
            "java17",
            "chromium");

    private static final int RECORD_HEADER = 5;
    private static final int RANDOM_AT = RECORD_HEADER + 4 + 2;
    private static final int RANDOM_LENGTH = 32;
    private static final int MAX_FRAGMENT = 16_384;

    private Hellos() {}

    /** What a real client sent, byte for byte. */
    public static byte[] captured(String client) {
        try (InputStream in = Hellos.class.getResourceAsStream("/hellos/" + client + ".bin")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same in one record from another connection, since its random is another. */
    public static byte[] again(byte[] wire) {
        byte[] fresh = wire.clone();
        byte[] random = new byte[RANDOM_LENGTH];
        new SecureRandom().nextBytes(random);
        System.arraycopy(random, 0, fresh, RANDOM_AT, RANDOM_LENGTH);
        return fresh;
    }

    /** By which one in a record is known again. */
    public static ClientRandom random(byte[] wire) {
        return ClientRandom.of(wire, RANDOM_AT);
    }

    /** The message within records, all of whose fragments belong to it. */
    public static byte[] message(byte[] wire) {
        byte[] message = {};
        for (int at = 0; at < wire.length; ) {
            int end = at + RECORD_HEADER + uint16At(wire, at + 3);
            message = join(message, Arrays.copyOfRange(wire, at + RECORD_HEADER, end));
            at = end;
        }
        return message;
    }

    /**
     * A message in records.
     *
     * @param cuts offsets in the message, ascending, at which a new record begins; too long fragments are cut, too
     */
    public static byte[] wire(byte[] message, int... cuts) {
        byte[] wire = {};
        int start = 0;
        for (int cut : cuts) {
            wire = join(wire, records(Arrays.copyOfRange(message, start, cut)));
            start = cut;
        }
        return join(wire, records(after(message, start)));
    }

    private static byte[] records(byte[] fragment) {
        return fragment.length <= MAX_FRAGMENT
                ? record(22, fragment)
                : join(record(22, first(fragment, MAX_FRAGMENT)), records(after(fragment, MAX_FRAGMENT)));
    }

    /** One record of any type. */
    public static byte[] record(int type, byte[] fragment) {
        return join(uint8(type), uint16(0x0301), vector16(fragment));
    }

    /** A {@code server_name} extension's data with these entries of type host_name. */
    public static byte[] serverNames(String... names) {
        byte[] list = {};
        for (String name : names) {
            list = join(list, uint8(0), vector16(latin1(name)));
        }
        return vector16(list);
    }

    /** A small hello, which parses. */
    public static Builder hello() {
        return new Builder();
    }

    /** Makes a hello; extensions stand in the order of the calls, none is there by itself. */
    public static final class Builder {
        private int version = 0x0303;
        private byte[] session = new byte[32];
        private byte[] ciphers = vector16(uint16(0x1301), uint16(0xc02f));
        private byte[] compressions = vector8(uint8(0));
        private final List<byte[]> extensions = new ArrayList<>();

        /** The legacy_version; 0x0303 unless told. */
        public Builder version(int number) {
            version = number;
            return this;
        }

        public Builder session(byte[] id) {
            session = id;
            return this;
        }

        /** Everything of the list, its length included. */
        public Builder ciphers(byte[] list) {
            ciphers = list;
            return this;
        }

        /** Everything of the list, its length included. */
        public Builder compressions(byte[] list) {
            compressions = list;
            return this;
        }

        public Builder sni(String name) {
            return extension(0, serverNames(name));
        }

        public Builder alpn(String... protocols) {
            byte[] list = {};
            for (String protocol : protocols) {
                list = join(list, vector8(latin1(protocol)));
            }
            return extension(16, vector16(list));
        }

        public Builder supportedVersions(int... versions) {
            byte[] list = {};
            for (int number : versions) {
                list = join(list, uint16(number));
            }
            return extension(43, vector8(list));
        }

        /** Any extension, its data as they are. */
        public Builder extension(int type, byte[] data) {
            extensions.add(join(uint16(type), vector16(data)));
            return this;
        }

        /** A key share of a hybrid group (X25519MLKEM768), which alone outgrows a segment. */
        public Builder postQuantum() {
            return extension(51, vector16(uint16(0x11ec), vector16(new byte[1216])));
        }

        /** A padding extension (RFC 7685) that makes the message so many bytes long. */
        public Builder paddedTo(int length) {
            return extension(21, new byte[length - message().length - (extensions.isEmpty() ? 6 : 4)]);
        }

        public byte[] message() {
            byte[] list = join(extensions.toArray(new byte[0][]));
            byte[] body = join(uint16(version), new byte[32], vector8(session), ciphers, compressions);
            return join(uint8(1), vector24(body, extensions.isEmpty() ? list : vector16(list)));
        }

        /** In records that begin at these offsets of the message, and at its start. */
        public byte[] wire(int... cuts) {
            return Hellos.wire(message(), cuts);
        }
    }
}
