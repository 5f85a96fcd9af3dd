/**
 * The story: accepting connections and leading each through the stages. {@link io.peekgate.server.Session} is a
 * connection's whole life and the only place that knows the order of the stages. Imports the verbs, {@code model} and
 * {@code net}; never {@code config}.
 */
package io.peekgate.server;
