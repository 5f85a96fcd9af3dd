package io.peekgate.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Lists: in columns with headings on a terminal, else tab-separated without. */
final class Table {
    private Table() {}

    static String of(List<String> headings, List<List<String>> rows) {
        return Terminal.isOutput() ? columns(headings, rows) : tsv(rows);
    }

    private static String tsv(List<List<String>> rows) {
        return rows.stream().map(row -> String.join("\t", plain(row)) + "\n").collect(Collectors.joining());
    }

    private static String columns(List<String> headings, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>(List.of(headings));
        rows.forEach(row -> all.add(plain(row)));
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(String.format(Locale.ROOT, "%-" + width(all, i) + "s  ", row.get(i)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
    }

    /** Nothing that somebody wrote into a rule may move the terminal or the columns. */
    private static List<String> plain(List<String> row) {
        return row.stream()
                .map(cell -> cell.replaceAll("\\p{Cntrl}", "?"))
                .map(cell -> cell.isEmpty() ? "-" : cell)
                .toList();
    }
}
