/**
 * How people and machines see and steer a running gateway over HTTP: the admin API and its page, meters and health. It has
 * listeners and threads of its own, so that nothing asked here waits on a connection's event loop, nor the other way
 * round. Imports {@code explain}, {@code report}, {@code route}, {@code rules}, {@code server}, {@code config},
 * {@code net} and {@code model}, Netty's HTTP codec and Micrometer; never {@code boot} or {@code cli}, and is imported by no verb nor
 * {@code server}.
 */
package io.peekgate.admin;
