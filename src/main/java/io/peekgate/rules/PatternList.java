package io.peekgate.rules;

import io.peekgate.config.RuleConfig;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** A rule's patterns, those of its match-files behind its own, and where each stands. */
final class PatternList extends AbstractList<String> implements RandomAccess {
    private final RuleConfig rule;
    private final List<MatchFile> files;
    private final int size;

    private PatternList(RuleConfig rule, List<MatchFile> files) {
        this.rule = rule;
        this.files = files;
        this.size =
                rule.match().size() + files.stream().mapToInt(MatchFile::size).sum();
    }

    /**
     * Reads the match-files.
     *
     * @throws java.io.UncheckedIOException if one cannot be read
     */
    static PatternList of(RuleConfig rule) {
        return new PatternList(
                rule, rule.matchFiles().stream().map(MatchFile::read).toList());
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String get(int index) {
        return index < rule.match().size()
                ? rule.match().get(index)
                : file(index).get(inFile(index));
    }

    /** {@code file:line:column} in a match-file, {@code file:line} of the rule for its own patterns. */
    String place(int index) {
        return index < rule.match().size() ? rule.origin() : file(index).place(inFile(index));
    }

    private MatchFile file(int index) {
        int number = index - rule.match().size();
        for (MatchFile file : files) {
            if (number < file.size()) {
                return file;
            }
            number -= file.size();
        }
        throw new IndexOutOfBoundsException(index);
    }

    private int inFile(int index) {
        int number = index - rule.match().size();
        for (MatchFile file : files) {
            if (number < file.size()) {
                break;
            }
            number -= file.size();
        }
        return number;
    }
}
