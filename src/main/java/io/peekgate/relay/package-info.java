/**
 * Verb 4: moving bytes between the client and the server, both ways at once, until both have ended, one was reset or
 * the time is over. Imports {@code model} and {@code net}, never another verb; looks at no byte and never logs.
 */
package io.peekgate.relay;
