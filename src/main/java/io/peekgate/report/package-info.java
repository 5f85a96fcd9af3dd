/**
 * Verb 5: telling what happened: the access log on standard output, the warnings beside it and the server log on
 * standard error. Lines are rendered and written on threads of their own, so that a stream that stalls never holds up
 * a connection. Imports {@code model}, {@code net} and the logging and JSON libraries, never another verb nor
 * {@code server}, {@code config}, {@code cli}; never closes a channel.
 */
package io.peekgate.report;
