"""From the rounds to a table, the ratios and the goals: Markdown and JSON."""

import json
from statistics import median

from machine import OUT
from scenarios import IDLE_PAIRS, PING_CONNECTIONS, SHORT_CONNECTIONS, TLS_CONNECTIONS

# (title, [(column, metric, number format)])
TABLES = [
    (f"Short connections ({SHORT_CONNECTIONS} at a time: hello, 1 KB answer, close)",
     [("per CPU-second", "short.per_cpu", ",.0f"), ("CPU µs each", "short.cpu_us", ".1f"), ("per second", "short.per_s", ",.0f")]),
    ("Bulk: GB per CPU-second of the proxy",
     [(f"{mode} ×{n}", f"{mode}{n}.gb_per_cpu", ".2f") for mode in ("down", "up") for n in (1, 16)]),
    ("Bulk: GB per second (the core of load and backend is the ceiling: see direct)",
     [(f"{mode} ×{n}", f"{mode}{n}.gb_per_s", ".2f") for mode in ("down", "up") for n in (1, 16)]),
    (f"Ping-pong, {PING_CONNECTIONS} connections, 200 B",
     [("p50 µs", "ping200.p50_us", ",.0f"), ("p99 µs", "ping200.p99_us", ",.0f"), ("CPU µs each", "ping200.cpu_us", ".2f"),
      ("per second", "ping200.per_s", ",.0f")]),
    (f"Ping-pong, {PING_CONNECTIONS} connections, 8 KB",
     [("p50 µs", "ping8192.p50_us", ",.0f"), ("p99 µs", "ping8192.p99_us", ",.0f"), ("CPU µs each", "ping8192.cpu_us", ".2f"),
      ("per second", "ping8192.per_s", ",.0f")]),
    (f"Real TLS (h2load, HTTP/1.1 on {TLS_CONNECTIONS} connections, nginx origin): requests",
     [("per CPU-second", "tls.per_cpu", ",.0f"), ("per second", "tls.per_s", ",.0f")]),
    (f"Memory of an idle pair ({IDLE_PAIRS:,} held; 1 KB = 1,000 B), and the start",
     [("KB per pair", "idle.kb_per_pair", ".2f"), ("of it RSS outside a Java heap", "idle.rss_kb", ".2f"),
      ("of it live Java heap", "idle.heap_kb", ".2f"), ("RSS after start, MB", "start.rss_mb", ".1f"),
      ("spawn to first relayed, ms", "start.first_ms", ".1f")]),
]

BULK = [f"{mode}{n}.gb_per_cpu" for mode in ("down", "up") for n in (1, 16)]
NAMES = {
    "short.per_cpu": "short connections per CPU-second",
    **{m: f"GB per CPU-second, {m.split('.')[0].replace('1', ' ×1', 1)}" for m in BULK},
    "ping200.p99_us": "ping-pong 200 B, p99", "ping200.cpu_us": "ping-pong 200 B, CPU per exchange",
    "ping8192.p99_us": "ping-pong 8 KB, p99", "ping8192.cpu_us": "ping-pong 8 KB, CPU per exchange",
    "tls.per_cpu": "TLS requests per CPU-second", "idle.kb_per_pair": "memory of an idle pair, KB",
    "start.rss_mb": "RSS after start", "start.first_ms": "spawn to first relayed",
}

# (metric, divided by whose, wanted at least or at most)
GOALS = (
    [(metric, peer, ">=", wanted) for peer, wanted in (("haproxy", 1.0), ("nginx", 2.5), ("haproxy-nosplice", 2.5)) for metric in BULK]
    + [("short.per_cpu", "haproxy", ">=", 0.95), ("short.per_cpu", "nginx", ">=", 1.0)]
    + [(f"{ping}.p99_us", "best peer", "<=", 1.1) for ping in ("ping200", "ping8192")]
    + [(f"{ping}.cpu_us", "haproxy", "<=", 1.1) for ping in ("ping200", "ping8192")]
    + [("idle.kb_per_pair", None, "<=", 3.0)]
)


class Results:
    """Every value of every round: values[peer][metric] is a list, one entry for each round."""

    def __init__(self, peers):
        self.peers = peers
        self.values = {peer.name: {} for peer in peers}

    def add(self, peer, metrics):
        for metric, value in metrics.items():
            self.values[peer.name].setdefault(metric, []).append(value)

    def rounds(self, name, metric):
        return self.values.get(name, {}).get(metric, [])

    def middle(self, name, metric):
        values = self.rounds(name, metric)
        return median(values) if values else None

    def ratio(self, metric, name, other):
        """Median of the ratios round by round: both sides of each were measured within the same seconds."""
        pairs = [a / b for a, b in zip(self.rounds(name, metric), self.rounds(other, metric)) if b]
        return median(pairs) if pairs else None

    def least(self, metric):
        """The peer that has the least of it; Peekgate and the bare backend are no peers."""
        known = {p.name: self.middle(p.name, metric) for p in self.peers if p.command and p.name != "peekgate"}
        known = {name: value for name, value in known.items() if value is not None}
        return min(known, key=known.get) if known else None


def cell(values, number):
    if not values:
        return "–"
    text = format(median(values), number)
    return text if len(values) == 1 else f"{text} ({format(min(values), number)}–{format(max(values), number)})"


def markdown_table(head, rows):
    widths = [max(len(str(row[i])) for row in [head, *rows]) for i in range(len(head))]
    def line(cells):
        first, rest = cells[0].ljust(widths[0]), [c.rjust(w) for c, w in zip(cells[1:], widths[1:])]
        return "| " + " | ".join([first, *rest]) + " |"
    ruler = "|" + "|".join(["-" * (widths[0] + 2)] + ["-" * (w + 1) + ":" for w in widths[1:]]) + "|"
    return "\n".join([line(head), ruler, *map(line, rows)])


def measured_tables(results):
    for title, columns in TABLES:
        columns = [c for c in columns if any(results.rounds(p.name, c[1]) for p in results.peers)]
        rows = [[p.name, *(cell(results.rounds(p.name, metric), number) for _, metric, number in columns)]
                for p in results.peers if any(results.rounds(p.name, c[1]) for c in columns)]
        if rows:
            yield f"### {title}\n\n" + markdown_table(["", *(c[0] for c in columns)], rows)


def ratio_table(results):
    others = [p.name for p in results.peers if p.command and p.name != "peekgate"]
    rows = []
    for metric, title in NAMES.items():
        ratios = [results.ratio(metric, "peekgate", other) for other in others]
        if any(r is not None for r in ratios):
            rows.append([title, *("–" if r is None else f"{r:.2f}" for r in ratios)])
    return "## Peekgate divided by each peer\n\n" + markdown_table(["", *others], rows) if rows else ""


def judge(results):
    """[{goal, value, wanted, met}] for every goal of which both sides were measured."""
    verdicts = []
    for metric, against, sign, wanted in GOALS:
        other = results.least(metric) if against == "best peer" else against
        value = results.ratio(metric, "peekgate", other) if against else results.middle("peekgate", metric)
        if value is None:
            continue
        verdicts.append({
            "goal": NAMES[metric] + (f", ÷ {other}" if other else ""), "value": value,
            "wanted": f"{'≥' if sign == '>=' else '≤'} {wanted}", "met": value >= wanted if sign == ">=" else value <= wanted})
    return verdicts


def goal_table(verdicts):
    rows = [[v["goal"], f"{v['value']:.2f}", v["wanted"], "met" if v["met"] else "MISSED"] for v in verdicts]
    return "## Goals\n\n" + markdown_table(["", "measured", "wanted", ""], rows) if rows else ""


def head(meta):
    lines = [
        "# Peekgate beside its peers", "",
        f"- {meta['date']}, commit {meta['commit']}, `{meta['command']}`, {meta['seconds']:.0f} s",
        f"- {meta['cpu']}, {meta['cores']} cores, {meta['memory_gib']} GiB, Linux {meta['kernel']}, {meta['java']}",
        f"- proxy on core 0, load and backend on core 1, loopback; before the run others used {meta['busy_before']:.0%} of the two",
        f"- rounds in turn (A B C … A B C …): {meta['rounds']}, of idle pairs {meta['idle_rounds']}, of starts {meta['starts']};"
        " each figure is the median (lowest–highest)",
        f"- warm-up of everybody before it is measured: {meta['warm_connections']:,} short connections, then {meta['warm_bulk']} s each of bulk"
        f" 16 and 1 streams down and up and of both ping-pongs; before idle pairs {meta['warm_idle']:,} connections only",
        "- CPU is user and system time of the proxy's processes, all threads, kernel work in their system calls included",
        f"- Peekgate runs with `{meta['java_flags']}`; for idle pairs also `{meta['java_flags_for_memory']}`",
        "- " + "; ".join(f"{name}: {text}" for name, text in meta["versions"].items() if text),
    ]
    errors = [f"- **errors** of {name}: {'; '.join(texts)}" for name, texts in meta["errors"].items()]
    return "\n".join(lines + (errors or ["- errors: none"]) + [f"- **note**: {n}" for n in meta["notes"]])


def write(results, meta):
    """Writes results.md and results.json; returns the Markdown, which is also what the terminal shows."""
    verdicts = judge(results)
    parts = [head(meta), "## Measured", *measured_tables(results), ratio_table(results), goal_table(verdicts)]
    text = "\n\n".join(part for part in parts if part) + "\n"
    (OUT / "results.md").write_text(text)
    everything = {"meta": meta, "rounds": results.values, "goals": verdicts,
                  "median": {name: {m: median(v) for m, v in metrics.items()} for name, metrics in results.values.items()}}
    (OUT / "results.json").write_text(json.dumps(everything, indent=2, ensure_ascii=False) + "\n")
    return text
