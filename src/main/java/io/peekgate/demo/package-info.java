/**
 * What the gateway stands between, on loopback and in this process: a TLS origin, a DNS server and clients, for
 * {@code peekgate demo} and for tests. Never imports a stage, the server or the configuration: it knows the gateway
 * only as an address to connect to.
 */
package io.peekgate.demo;
