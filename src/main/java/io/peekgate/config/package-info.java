/**
 * The configuration: files, overrides and built-in defaults in, one validated {@link io.peekgate.config.ProxyConfig}
 * out, or all the problems at once, each with its file and line. Its result is made of JDK types, so that no stage
 * depends on how it is written down. Imports no other package of the project and no Netty; the configuration library
 * only in {@code ConfigLoader}.
 */
package io.peekgate.config;
