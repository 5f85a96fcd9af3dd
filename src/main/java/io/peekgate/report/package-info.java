/**
 * Verb 5: telling what happened: the access log, the warnings beside it. Imports {@code model} and {@code net}; never
 * closes a channel, never blocks one.
 */
package io.peekgate.report;
