import { h } from "./dom.js";
import { Bars, gathered, Plot, Swatch } from "./plot.js";
import { href } from "./route.js";
import { count, duration } from "./text.js";
import { Empty, Heads } from "./ui.js";

const BARS = 50;

const span = history => duration(history.samples.length * history.interval_seconds);

function Legend({ entries }) {
  return h(
    "ul",
    { class: "legend" },
    entries.map(([kind, text, value]) =>
      h(
        "li",
        { key: text },
        kind && h(Swatch, { kind }),
        `${text} `,
        h("b", null, value),
      ),
    ),
  );
}

const rate = number => (number < 10 ? number.toFixed(1) : count(Math.round(number)));

function PlotCard({ id, title, now, unit, series, label, legend, window, format }) {
  return h(
    "section",
    { class: "card", id },
    h("h2", null, title),
    h("p", { class: "big" }, h("span", { class: "number" }, now), ` ${unit}`),
    h(Plot, { series, label, format }),
    h("p", { class: "axis" }, h("span", null, `${window} ago`), h("span", null, "now")),
    h(Legend, { entries: legend }),
  );
}

function PerSecond({ history }) {
  const perSecond = kind => history.samples.map(sample => sample[kind] / history.interval_seconds);
  const series = ["pass", "drop", "fail"].map(kind => ({ kind, values: perSecond(kind) }));
  const last = series.map(each => each.values.at(-1) ?? 0);
  const now = rate(last.reduce((sum, value) => sum + value, 0));
  const texts = ["passed", "dropped", "failed"];
  const legend = series.map((each, index) => [each.kind, texts[index], rate(last[index])]);
  const label = `Connections a second over the last ${span(history)}: now ${legend.map(([, text, value]) => `${value} ${text}`).join(", ")}`;
  return h(PlotCard, {
    id: "plot-rate",
    title: "Connections a second",
    now,
    unit: "a second",
    series,
    label,
    legend,
    window: span(history),
    format: rate,
  });
}

function ActiveNow({ history, connections }) {
  const series = [{ kind: "active", values: [...history.samples.map(sample => sample.active), connections.active] }];
  const legend = [
    ["active", "relaying", count(connections.relaying)],
    [undefined, "dialling", count(connections.dialling)],
    [undefined, "waiting for their hello", count(connections.peeking)],
  ];
  const label = `Open connections over the last ${span(history)}: now ${connections.active}`;
  return h(PlotCard, {
    id: "plot-active",
    title: "Active now",
    now: count(connections.active),
    unit: "open",
    series,
    label,
    legend,
    window: span(history),
    format: count,
  });
}

export const Rates = ({ status }) => h("div", { class: "columns" }, h(PerSecond, status), h(ActiveNow, status));

/** What was refused lately, the most frequent first, and what ever was. */
function byReason({ history, connections }) {
  const passed = new Set(["rule", "default"]);
  const seen = history.samples.flatMap(sample => Object.keys(sample.reasons));
  const reasons = [...new Set([...seen, ...Object.keys(connections.reasons)])].filter(reason => !passed.has(reason));
  const row = reason => {
    const values = history.samples.map(sample => sample.reasons[reason] ?? 0);
    const lately = values.reduce((sum, value) => sum + value, 0);
    return { reason, values: gathered(values, BARS), lately, total: connections.reasons[reason] ?? 0 };
  };
  return reasons.map(row).sort((a, b) => b.lately - a.lately || b.total - a.total);
}

function Reason({ reason, values, lately, total }) {
  return h(
    "tr",
    { "data-reason": reason },
    h("td", null, h("a", { class: "mono", href: href("connections", { reason }) }, reason)),
    h("td", { class: "bars-cell" }, lately > 0 && h(Bars, { values, kind: "drop" })),
    h("td", { class: "number", "data-label": "lately" }, count(lately)),
    h("td", { class: "number muted", "data-label": "since start" }, count(total)),
  );
}

export function Refusals({ status }) {
  const rows = byReason(status);
  const window = span(status.history);
  const none = rows.every(row => row.lately === 0);
  const heads = ["Reason", `Last ${window}`, ["", "number"], ["Since start", "number"]];
  return h(
    "section",
    { class: "card", id: "refusals" },
    h("h2", null, "Refused, by reason"),
    none && h(Empty, { title: `Nothing refused in the last ${window}.` }),
    rows.length > 0 &&
      h(
        "table",
        { class: "tight reasons" },
        h(Heads, { of: heads }),
        h(
          "tbody",
          null,
          rows.map(row => h(Reason, { key: row.reason, ...row })),
        ),
      ),
  );
}
