package io.peekgate.intercept.doctor;

import java.util.List;

/**
 * One rule as its tool lists it.
 *
 * @param families of IP that it is for: true is IPv6
 * @param isOutput whether it is asked for this host's own packets
 */
record RuleLine(List<Boolean> families, boolean isOutput, String text) {}
