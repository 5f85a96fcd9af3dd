/**
 * What the operating system offers: transports, their event loops and channels, and the little that every stage needs
 * of them. Imports Netty only.
 */
package io.peekgate.net;
