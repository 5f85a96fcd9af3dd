package io.peekgate.config;

/**
 * A rule that was made at run time.
 *
 * @param id unique, and never given twice
 * @param version the generation in which it was written last; what an edit may demand to be still so
 */
public record StoredRule(String id, long version, RuleConfig rule) {}
