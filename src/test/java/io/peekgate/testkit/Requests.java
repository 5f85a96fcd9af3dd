package io.peekgate.testkit;

/** What the clients that speak only TLS are given to send. */
final class Requests {
    private Requests() {}

    static String get(String host, String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
    }
}
