package io.peekgate.config;

/**
 * What is wrong in one place of the configuration.
 *
 * @param file the file, or what else the value came from (the environment, an override)
 * @param line from 1; 0 where there are no lines
 * @param key the key's path below {@code peekgate}, such as {@code policy.rules[2].ports}; empty if it is about no key
 * @param message what is wrong, and the mend
 */
public record Problem(String file, int line, String key, String message) {
    /** {@code file:line: key: message} in one line. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + message;
    }
}
