package io.peekgate.config;

/**
 * One value of the configuration that is in effect.
 *
 * @param key its path below {@code peekgate}
 * @param value as HOCON
 * @param origin {@code file:line}, or what else it came from
 */
public record Setting(String key, String value, String origin) {}
