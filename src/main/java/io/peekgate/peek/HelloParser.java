package io.peekgate.peek;

import io.peekgate.model.ClientHello;
import io.peekgate.model.ClientHello.Ech;
import io.peekgate.model.ClientRandom;
import io.peekgate.model.CloseReason;
import io.peekgate.model.Printable;
import io.peekgate.model.Refusal;
import io.peekgate.model.ServerName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import org.bouncycastle.tls.NameType;
import org.bouncycastle.tls.ProtocolName;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsUtils;

/**
 * Reads the fields of a ClientHello (RFC 8446 section 4.1.2) with Bouncy Castle, which refuses repeated extensions, a
 * {@code pre_shared_key} that is not last, and bytes left over. What it lets through and servers disagree about, such
 * as two server names, is refused here: a hello that two readers read in two ways would pass the policy under one name
 * and be served under the other.
 */
final class HelloParser {
    private static final int MESSAGE_HEADER = 4;
    private static final int VERSION = 2;
    private static final int MAJOR_VERSION = 3;
    private static final Integer ENCRYPTED_CLIENT_HELLO = 0xfe0d;
    private static final int SHOWN = 100;

    /** What nearly all clients offer: their texts need not be made anew for each. */
    private static final Map<ProtocolName, String> USUAL =
            Map.of(ProtocolName.HTTP_2_TLS, "h2", ProtocolName.HTTP_1_1, "http/1.1");

    private HelloParser() {}

    /**
     * What the hello says.
     *
     * @param message the whole handshake message, its header included, as {@link HelloFramer} makes it
     * @throws Refusal {@code MALFORMED_HELLO}, {@code BAD_NAME} or {@code NAME_IS_ADDRESS}
     */
    static ClientHello parse(byte[] message) {
        HelloLengths.check(message);
        ByteArrayInputStream body = new ByteArrayInputStream(message, MESSAGE_HEADER, message.length - MESSAGE_HEADER);
        var hello = read("ClientHello", () -> org.bouncycastle.tls.ClientHello.parse(body, null));
        ProtocolVersion legacy = hello.getVersion();
        require(legacy.getMajorVersion() == MAJOR_VERSION, "legacy_version of another major version than 3");
        // null if there are none, which Bouncy Castle's helpers take for absent
        Hashtable<?, ?> extensions = hello.getExtensions();
        return new ClientHello(
                serverName(extensions),
                alpn(extensions),
                newest(extensions, legacy),
                ech(extensions),
                message.length,
                ClientRandom.of(message, MESSAGE_HEADER + VERSION));
    }

    private static Optional<ServerName> serverName(Hashtable<?, ?> extensions) {
        Vector<?> names = read("server_name", () -> TlsExtensionsUtils.getServerNameExtensionClient(extensions));
        if (names == null) {
            return Optional.empty();
        }
        require(names.size() == 1, "server_name without exactly one entry");
        var name = (org.bouncycastle.tls.ServerName) names.get(0);
        require(name.getNameType() == NameType.host_name, "server_name of another type than host_name");
        return Optional.of(ServerName.of(new String(name.getNameData(), StandardCharsets.ISO_8859_1)));
    }

    private static List<String> alpn(Hashtable<?, ?> extensions) {
        Vector<?> names = read("ALPN", () -> TlsExtensionsUtils.getALPNExtensionClient(extensions));
        if (names == null) {
            return List.of();
        }
        require(!names.isEmpty(), "ALPN without a protocol");
        List<String> protocols = new ArrayList<>(names.size());
        for (Object name : names) {
            protocols.add(text((ProtocolName) name));
        }
        return List.copyOf(protocols);
    }

    private static String text(ProtocolName protocol) {
        String usual = USUAL.get(protocol);
        if (usual != null) {
            return usual;
        }
        String text = new String(protocol.getBytes(), StandardCharsets.ISO_8859_1);
        return Printable.of(text, text.length());
    }

    /** GREASE (RFC 8701) and drafts have other major versions than 3, and so do not count. */
    private static String newest(Hashtable<?, ?> extensions, ProtocolVersion legacy) {
        ProtocolVersion[] offered =
                read("supported_versions", () -> TlsExtensionsUtils.getSupportedVersionsExtensionClient(extensions));
        int minor = -1;
        for (ProtocolVersion version : offered == null ? new ProtocolVersion[0] : offered) {
            minor = version.getMajorVersion() == MAJOR_VERSION ? Math.max(minor, version.getMinorVersion()) : minor;
        }
        return text(minor < 0 ? legacy.getMinorVersion() : minor);
    }

    private static String text(int minor) {
        return minor == 0 ? "3.0" : "1." + (minor - 1);
    }

    private static Ech ech(Hashtable<?, ?> extensions) {
        byte[] data = TlsUtils.getExtensionData(extensions, ENCRYPTED_CLIENT_HELLO);
        return data == null ? Ech.NONE : EchExtension.kind(data);
    }

    private interface Reading<T> {
        T run() throws IOException;
    }

    /** Bouncy Castle fails in many ways: alerts, end of file, and whatever a list that is no list makes of itself. */
    private static <T> T read(String what, Reading<T> reading) {
        try {
            return reading.run();
        } catch (IOException | RuntimeException e) {
            throw malformed(what + ": " + Printable.of(String.valueOf(e.getMessage()), SHOWN));
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw malformed(otherwise);
        }
    }

    private static Refusal malformed(String detail) {
        return new Refusal(CloseReason.MALFORMED_HELLO, detail);
    }
}
