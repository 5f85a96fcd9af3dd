package io.peekgate.config;

import java.util.List;

/**
 * Rules that differ in their patterns alone.
 *
 * @param lines each a pattern, and behind {@code #} its reason
 * @param common what else they say
 */
public record RuleBulk(List<String> lines, RuleConfig common) {}
