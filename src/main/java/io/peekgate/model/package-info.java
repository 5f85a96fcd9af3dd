/**
 * The nouns: what a connection is made of, as plain values. Everything else in Peekgate talks in
 * these. Imports nothing but {@code java.*}.
 */
package io.peekgate.model;
