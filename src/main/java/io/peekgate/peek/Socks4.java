package io.peekgate.peek;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import io.peekgate.model.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A SOCKS4 request, as far as it tells which host was meant. In SOCKS4a an address 0.0.0.x announces a name.
 *
 * <pre>
 *  0         1         2      4         8
 *  | version | command | port | address | user ... 0 | name ... 0 |
 *  |    4    |  1, 2   |      |         |            | (SOCKS4a)  |
 * </pre>
 */
final class Socks4 {
    private static final int PORT = 2;
    private static final int ADDRESS = 4;
    private static final int USER = 8;
    private static final int MAX_REQUEST = 1024;
    private static final int SHOWN = 255;

    private Socks4() {}

    /**
     * The version, and the host and port that were meant, if it told them.
     *
     * @param bytes from the first of the connection
     * @param ended whether no more will come
     * @return empty if more bytes are needed
     */
    static Optional<String> meant(ByteBuf bytes, boolean ended) {
        if (bytes.readableBytes() < USER) {
            return ended ? Optional.of("SOCKS4") : Optional.empty();
        }
        int start = bytes.readerIndex();
        int address = bytes.getInt(start + ADDRESS);
        String port = ":" + bytes.getUnsignedShort(start + PORT);
        boolean named = address > 0 && address <= 0xff;
        return named
                ? name(bytes, ended).map(name -> "SOCKS4a" + (name.isEmpty() ? "" : " " + name + port))
                : Optional.of("SOCKS4 " + NetUtil.intToIpAddress(address) + port);
    }

    /** Empty text if the name does not end within what there is, or ever will be. */
    private static Optional<String> name(ByteBuf bytes, boolean ended) {
        int limit = bytes.readerIndex() + Math.min(bytes.readableBytes(), MAX_REQUEST);
        int userEnd = bytes.indexOf(bytes.readerIndex() + USER, limit, (byte) 0);
        int nameEnd = userEnd < 0 ? -1 : bytes.indexOf(userEnd + 1, limit, (byte) 0);
        if (nameEnd >= 0) {
            String name = bytes.toString(userEnd + 1, nameEnd - userEnd - 1, StandardCharsets.ISO_8859_1);
            return Optional.of(Printable.of(name, SHOWN));
        }
        return ended || bytes.readableBytes() >= MAX_REQUEST ? Optional.of("") : Optional.empty();
    }
}
