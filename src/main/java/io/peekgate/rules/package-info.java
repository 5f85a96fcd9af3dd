/**
 * The rules as they live: read from the configuration and the state file, compiled into the policy in force, changed at
 * run time, and tested before they count. Imports {@code config}, {@code route}, {@code model} and the addresses' text
 * form of {@code net}; never Netty.
 */
package io.peekgate.rules;
