/**
 * Verb 2: deciding whether a connection passes, and to where: rules in order, the first match decides, and the same
 * rules explain themselves. A policy is immutable and knows nothing of connections. Imports {@code model}, RE2/J and
 * the ipaddress library; never Netty, {@code config} or another verb.
 */
package io.peekgate.route;
