/**
 * Brings traffic to the gateway, and finds why it does not come: the packet filter's rules for each way to deploy, as
 * steps that are printed, applied, verified and removed. Imports {@code java.*} and the address library only, never the
 * gateway nor its configuration: whoever calls says what it is to be.
 */
package io.peekgate.intercept;
