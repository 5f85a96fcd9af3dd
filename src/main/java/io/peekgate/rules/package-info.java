/**
 * From the rules in the configuration to the policy in force. Imports {@code config}, {@code route} and {@code model};
 * never Netty.
 */
package io.peekgate.rules;
