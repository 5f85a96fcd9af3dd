package io.peekgate.testkit;

import io.peekgate.demo.SelfSigned;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts with both versions of IP: a client, a gateway that routes for it, and behind that a server; if a test wants it,
 * a nameserver too.
 */
public final class Network implements AutoCloseable {
    private final Closer open;
    private final Namespace client;
    private final Namespace gateway;
    private final Namespace server;
    private final Link inside;
    private final Link outside;

    private Network(Closer open) throws Exception {
        this.open = open;
        client = open.add(Namespace.create("client"));
        gateway = open.add(Namespace.create("gateway"));
        server = open.add(Namespace.create("server"));
        inside = client.link(gateway, 1);
        outside = gateway.link(server, 2);
        gateway.forward();
        client.defaultVia(inside.far4(), inside.far6());
        server.defaultVia(outside.near4(), outside.near6());
    }

    public static Network create() throws Exception {
        Closer open = new Closer();
        try {
            return new Network(open);
        } catch (Throwable e) {
            open.close();
            throw e;
        }
    }

    public Namespace client() {
        return client;
    }

    public Namespace gateway() {
        return gateway;
    }

    public Namespace server() {
        return server;
    }

    /** Client to gateway. */
    public Link inside() {
        return inside;
    }

    /** Gateway to server. */
    public Link outside() {
        return outside;
    }

    /** Closes something with the hosts, and before them. */
    public <T extends AutoCloseable> T closes(T item) {
        return open.add(item);
    }

    /**
     * Adds a nameserver behind the gateway, which all hosts ask from now on, and waits until it answers.
     *
     * @param records each a name, a slash and an address
     * @return its address
     */
    public String nameserver(List<String> records) throws Exception {
        Namespace dns = open.add(Namespace.create("dns"));
        Link link = gateway.link(dns, 3);
        dns.defaultVia(link.near4(), link.near6());
        List<String> command =
                new ArrayList<>(List.of("dnsmasq", "-d", "-h", "-R", "-C", "/dev/null", "--address=/invalid/"));
        records.forEach(record -> command.add("--address=/" + record));
        dns.start(command).awaitErr(line -> line.contains("started"));
        for (Namespace host : List.of(client, gateway, server)) {
            host.nameserver(link.far4());
        }
        return link.far4();
    }

    /** Starts nginx on the server, on both of its addresses of the link. */
    public NginxOrigin nginx(SelfSigned certificate, int... ports) throws Exception {
        List<InetSocketAddress> sockets = new ArrayList<>();
        for (int port : ports) {
            for (String address : List.of(outside.far4(), outside.far6())) {
                sockets.add(new InetSocketAddress(InetAddress.getByName(address), port));
            }
        }
        return open.add(NginxOrigin.in(server, certificate, sockets));
    }

    @Override
    public void close() throws Exception {
        open.close();
    }
}
