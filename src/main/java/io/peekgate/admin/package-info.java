/**
 * What people and machines see of a running gateway over HTTP: meters and health. It has listeners and threads of its
 * own, so that nothing asked here is ever done on a connection's event loop. Imports {@code report}, {@code net} and
 * {@code model}, Netty's HTTP codec and Micrometer; never {@code boot} or {@code cli}, and is imported by no verb nor
 * {@code server}.
 */
package io.peekgate.admin;
