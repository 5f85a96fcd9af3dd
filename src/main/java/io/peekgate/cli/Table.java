package io.peekgate.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;

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
        List<String> formats = IntStream.range(0, headings.size())
                .mapToObj(column -> format(all, column))
                .toList();
        String first = Ansi.AUTO.string("@|bold " + line(formats, headings) + "|@") + "\n";
        return all.stream().skip(1).map(row -> line(formats, row) + "\n").collect(Collectors.joining("", first, ""));
    }

    private static String line(List<String> formats, List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> String.format(Locale.ROOT, formats.get(column), row.get(column)))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    /** Numbers stand one under the other by their last digit. */
    private static String format(List<List<String>> rows, int column) {
        List<String> cells = rows.stream().map(row -> row.get(column)).toList();
        List<String> below = cells.subList(1, cells.size());
        boolean numbers = below.stream().allMatch(cell -> cell.matches("[0-9]+|-"))
                && below.stream().anyMatch(cell -> !cell.equals("-"));
        int width = cells.stream().mapToInt(String::length).max().orElse(1);
        return "%" + (numbers ? "" : "-") + width + "s";
    }

    /** Nothing that somebody wrote into a rule may move the terminal or the columns. */
    private static List<String> plain(List<String> row) {
        return row.stream()
                .map(cell -> cell.replaceAll("\\p{Cntrl}", "?"))
                .map(cell -> cell.isEmpty() ? "-" : cell)
                .toList();
    }
}
