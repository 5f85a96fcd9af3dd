package io.peekgate.config;

import static io.peekgate.config.Values.oneOf;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the listeners. */
final class ListenerReader {
    private final Set<String> names = new HashSet<>();
    private final Set<InetSocketAddress> addresses = new HashSet<>();

    private ListenerReader() {}

    static List<ListenerConfig> read(Section top, Optional<Node> defaults) {
        ListenerReader reader = new ListenerReader();
        List<ListenerConfig> listeners = new ArrayList<>();
        for (Section block : top.sections("listeners", defaults)) {
            listeners.add(reader.listener(block));
        }
        if (listeners.isEmpty()) {
            top.problem("listeners", "at least one listener is needed");
        }
        return List.copyOf(listeners);
    }

    private ListenerConfig listener(Section block) {
        NotBuiltYet.refuseInListener(block);
        ListenerConfig listener = new ListenerConfig(
                block.get("name", Values::text, ""),
                block.get("bind", AddressValues::bind),
                block.get("type", oneOf(ListenerConfig.Type.class)),
                block.get("capture", oneOf(ListenerConfig.Capture.class)),
                block.get("default-port", AddressValues::port, 0),
                block.list("allow-ports", AddressValues::port),
                block.some("sources", AddressValues.network("any", "loopback", "private")),
                block.get("proxy-protocol", oneOf(ListenerConfig.ProxyProtocol.class)),
                block.list("trusted-proxies", AddressValues.network()),
                block.number("backlog", 1, 65535),
                block.flag("reuse-port"));
        refuseDuplicate(block, listener);
        return listener;
    }

    /** A listener that leaves out name and address gets the default ones, as another may have done before. */
    private void refuseDuplicate(Section block, ListenerConfig listener) {
        if (!names.add(listener.name())) {
            block.problem("name", "another listener is named \"" + listener.name() + "\" too; give each its own name");
        }
        InetSocketAddress bind = listener.bind();
        if (bind != null && bind.getPort() != 0 && !addresses.add(bind)) {
            block.problem("bind", "another listener has this address too; give each its own bind");
        }
    }
}
