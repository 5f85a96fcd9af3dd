"""The results as pictures: one PNG for each question."""

from statistics import median

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

from machine import OUT  # noqa: E402

COLORS = {"peekgate": "#0b6e99", "haproxy": "#6b7a8f", "haproxy-nosplice": "#9aa7b8", "nginx": "#7d9b76",
          "nginx-64k": "#a9c2a3", "sniproxy": "#c9a66b", "direct": "#d8d8d8"}
INK, FAINT = "#222222", "#777777"

plt.rcParams.update({"font.family": "DejaVu Sans", "font.size": 10, "text.color": INK, "axes.edgecolor": "#bbbbbb",
                     "axes.labelcolor": FAINT, "xtick.color": FAINT, "ytick.color": INK, "axes.spines.top": False,
                     "axes.spines.right": False, "axes.spines.left": False})


def draw(results, meta):
    for old in OUT.glob("*.png"):
        old.unlink()
    spread = "line from the lowest to the highest"
    rounds = f"median of {_rounds(meta['rounds'])}, {spread}"
    _panels(results, meta, "connections.png", "Short connections per CPU-second", f"More is better; {rounds}",
            [("", "short.per_cpu", "{:,.0f}")])
    _panels(results, meta, "bulk.png", "GB relayed per CPU-second", f"More is better; {rounds}",
            [(f"{mode}load, {n} stream{'s' if n > 1 else ''}", f"{mode}{n}.gb_per_cpu", "{:.2f}")
             for mode in ("down", "up") for n in (1, 16)])
    _latency(results, meta)
    _panels(results, meta, "memory.png", "Memory of an idle relayed pair, KB",
            f"Less is better; median of {_rounds(meta['idle_rounds'])}, {spread}",
            [("", "idle.kb_per_pair", "{:.1f}")])


def _rounds(number):
    return f"{number} round{'s' if number > 1 else ''}"


def _panels(results, meta, file, title, subtitle, panels):
    panels = [p for p in panels if any(results.rounds(peer.name, p[1]) for peer in results.peers)]
    if not panels:
        return
    columns = min(2, len(panels))
    lines = -(-len(panels) // columns)
    names = [p.name for p in results.peers if any(results.rounds(p.name, panel[1]) for panel in panels)]
    height = 1.3 + lines * (0.5 + 0.34 * len(names))
    # One scale for all panels, since they are read against each other.
    figure, axes = plt.subplots(lines, columns, figsize=(3.9 * columns + 3, height), squeeze=False, sharex=True, sharey=True)
    for axis, (name, metric, number) in zip(axes.flat, panels):
        _bars(axis, results, names, metric, number)
        axis.set_title(name, loc="left", fontsize=10, color=INK)
        axis.tick_params(axis="x", labelbottom=True)
    highest = max(v for name in names for _, metric, _ in panels for v in results.rounds(name, metric))
    axes.flat[0].set_xlim(0, highest * 1.18)
    _finish(figure, meta, file, title, subtitle, height)


def _bars(axis, results, names, metric, number):
    places = range(len(names), 0, -1)
    for place, name in zip(places, names):
        values = results.rounds(name, metric)
        if not values:
            continue
        middle = median(values)
        axis.barh(place, middle, height=0.68, color=COLORS.get(name, "#999999"))
        axis.plot([min(values), max(values)], [place, place], color=INK, linewidth=1.1, solid_capstyle="butt", alpha=0.65)
        axis.annotate(number.format(middle), (max(values), place), xytext=(5, 0), textcoords="offset points",
                      va="center", fontsize=9, fontweight="bold" if name == "peekgate" else "normal")
    axis.set_yticks(list(places), names)
    axis.tick_params(axis="y", length=0)
    axis.grid(axis="x", color="#eeeeee")
    axis.set_axisbelow(True)
    axis.xaxis.set_major_locator(plt.MaxNLocator(5))
    axis.xaxis.set_major_formatter(plt.FuncFormatter(lambda x, _: f"{x:,.0f}" if x >= 10 or x == int(x) else f"{x:g}"))
    for label in axis.get_yticklabels():
        label.set_fontweight("bold" if label.get_text() == "peekgate" else "normal")


def _latency(results, meta):
    """p50 to p99 as a span for each peer, on a logarithmic scale: one peer's stall must not flatten the rest."""
    sizes = [(s, t) for s, t in (("ping200", "200 B"), ("ping8192", "8 KB"))
             if any(results.rounds(p.name, f"{s}.p99_us") for p in results.peers)]
    if not sizes:
        return
    names = [p.name for p in results.peers if any(results.rounds(p.name, f"{s}.p99_us") for s, _ in sizes)]
    height = 1.7 + 0.34 * len(names)
    figure, axes = plt.subplots(1, len(sizes), figsize=(3.9 * len(sizes) + 3, height), squeeze=False, sharex=True, sharey=True)
    for axis, (metric, subtitle) in zip(axes.flat, sizes):
        _spans(axis, results, names, metric)
        axis.set_title(f"{subtitle} and back", loc="left", fontsize=10, color=INK)
    _finish(figure, meta, "latency.png", "Round trip through the proxy, 64 connections, µs",
            f"○ p50, ● p99; less is better, logarithmic; median of {_rounds(meta['rounds'])}", height)


def _spans(axis, results, names, metric):
    places = range(len(names), 0, -1)
    for place, name in zip(places, names):
        if not results.rounds(name, f"{metric}.p99_us"):
            continue
        p50, p99 = (results.middle(name, f"{metric}.{p}_us") for p in ("p50", "p99"))
        color = COLORS.get(name, "#999999")
        axis.plot([p50, p99], [place, place], color=color, linewidth=5, solid_capstyle="round", alpha=0.55)
        axis.plot(p50, place, "o", markersize=8, markerfacecolor="white", markeredgecolor=color, markeredgewidth=2)
        axis.plot(p99, place, "o", markersize=8, color=color)
        axis.annotate(f"{p50:,.0f}", (p50, place), xytext=(-8, 0), textcoords="offset points", ha="right", va="center", fontsize=8.5)
        axis.annotate(f"{p99:,.0f}", (p99, place), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8.5)
    axis.set_xscale("log")
    axis.margins(x=0.2, y=0.08)
    axis.set_yticks(list(places), names)
    axis.tick_params(axis="y", length=0)
    axis.grid(axis="x", color="#eeeeee")
    axis.set_axisbelow(True)
    axis.xaxis.set_major_formatter(plt.FuncFormatter(lambda x, _: f"{x:,.0f}"))
    axis.xaxis.set_minor_formatter(plt.NullFormatter())
    for label in axis.get_yticklabels():
        label.set_fontweight("bold" if label.get_text() == "peekgate" else "normal")


def _finish(figure, meta, file, title, subtitle, height):
    figure.text(0.012, 1 - 0.12 / height, title, ha="left", va="top", fontsize=13, fontweight="bold")
    figure.text(0.012, 1 - 0.40 / height, subtitle, ha="left", va="top", fontsize=9, color=FAINT)
    figure.text(0.012, 0.09 / height, f"proxy on one core, {meta['cpu']}, Linux {meta['kernel']}, {meta['date'][:10]}",
                ha="left", va="bottom", fontsize=8, color=FAINT)
    figure.tight_layout(rect=(0, 0.26 / height, 1, 1 - 0.58 / height))
    figure.savefig(OUT / file, dpi=150)
    plt.close(figure)
