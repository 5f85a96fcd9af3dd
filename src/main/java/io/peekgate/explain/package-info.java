/**
 * What would become of a connection, and why, told by the policy that serves and by the stages around it, for a gateway that
 * runs and for one that does not. Imports {@code route}, {@code rules}, {@code net}, {@code model} and of {@code config} how
 * JSON is written; never Netty, the other stages, nor who asks.
 */
package io.peekgate.explain;
