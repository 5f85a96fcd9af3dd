/**
 * The commands, one class each: they read arguments, call what does the work, and print. Imports everything but
 * {@code server}; nothing imports it but {@code Main}.
 */
package io.peekgate.cli;
