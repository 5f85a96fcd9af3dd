/**
 * Verb 3: from a target to a connection. A name is resolved ({@link io.peekgate.dial.Resolver}), every address of the
 * answer is judged ({@link io.peekgate.dial.AddressGuard}), and what passed is raced
 * ({@link io.peekgate.dial.HappyEyeballs}); the address that was judged is the object that is dialled. What the client
 * itself had dialled ({@link io.peekgate.dial.OriginalDestination}) and whether it is this gateway
 * ({@link io.peekgate.dial.LoopGuard}) is found here too. Imports
 * {@code model} and {@code net}, Netty and the address library; never another verb, {@code server} or {@code config}.
 */
package io.peekgate.dial;
