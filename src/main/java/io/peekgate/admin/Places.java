package io.peekgate.admin;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The places of a server for connections. A connection whose client's turn it is, to ask or to read its answer, loses its
 * place to a newcomer when there is no other, first who has been waited for longest: or a few idle ones could lock all
 * others out. Used on the server's thread only.
 */
final class Places {
    private final HttpServer.Limits limits;
    private final Set<Channel> waiting = new LinkedHashSet<>();
    private int taken;
    private int streams;

    Places(HttpServer.Limits limits) {
        this.limits = limits;
    }

    /** Whether there is one for this newcomer, who then is waited for. */
    boolean take(Channel client) {
        if (taken == limits.connections()) {
            waiting.stream().findFirst().ifPresent(Channel::close);
        }
        if (taken == limits.connections()) {
            return false;
        }
        taken++;
        client.closeFuture().addListener(closed -> leave(client));
        expect(client);
        return true;
    }

    private void leave(Channel client) {
        taken--;
        waiting.remove(client);
    }

    /** It is this client's turn. */
    void expect(Channel client) {
        if (client.isOpen()) {
            waiting.add(client);
        }
    }

    /** It is our turn to answer this client. */
    void serve(Channel client) {
        waiting.remove(client);
    }

    /** Whether this client may be served an answer without an end, which takes its place until it leaves. */
    boolean takeForStream(Channel client) {
        if (streams == limits.streams()) {
            return false;
        }
        streams++;
        client.closeFuture().addListener(closed -> streams--);
        return true;
    }
}
