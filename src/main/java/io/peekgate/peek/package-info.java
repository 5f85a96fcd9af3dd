/**
 * Verb 1: peeking. The first bytes of a connection become a ClientHello, or a refusal that names what the client sent
 * or meant instead. Imports {@code model}, {@code net} and Netty, and Bouncy Castle in {@code HelloParser} alone; never
 * another verb. Never writes, never closes a channel, never logs.
 */
package io.peekgate.peek;
