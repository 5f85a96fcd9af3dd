package io.peekgate.intercept.doctor;

/**
 * Something that is wrong.
 *
 * @param check the check that found it, in lower case with hyphens
 * @param found what is so, and what comes of it
 * @param mend the command or the setting that mends it
 */
public record Finding(String check, String found, String mend) {}
