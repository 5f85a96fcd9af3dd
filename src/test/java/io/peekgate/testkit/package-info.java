/**
 * What tests drive Peekgate with: real clients and a real server, each a process of bounded time, and an observer that
 * can be awaited. Imports nothing of Peekgate but {@code model}, {@code net}, {@code report} and {@code demo}.
 */
package io.peekgate.testkit;
