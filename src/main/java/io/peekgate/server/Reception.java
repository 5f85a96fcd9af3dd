package io.peekgate.server;

import io.netty.channel.Channel;
import java.util.function.Consumer;

/** Where accepted connections become sessions. */
public record Reception(Stages stages, Sessions sessions) {
    /** What a listener does with a connection that came in at this entrance. */
    public Consumer<Channel> at(Entrance entrance) {
        return client -> new Session(stages, sessions, entrance, client).start();
    }
}
