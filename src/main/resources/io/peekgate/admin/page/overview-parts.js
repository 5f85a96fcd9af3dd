import { h } from "./dom.js";
import { Share } from "./plot.js";
import { href } from "./route.js";
import { bytes, count, counted, moment, visible, visibleLines } from "./text.js";
import { Badge, Empty, Heads, Notice, Wire } from "./ui.js";

function TopRow({ text, connections, refused, most, parameter }) {
  const parts = [
    { kind: "pass", value: connections - refused },
    { kind: "drop", value: refused },
  ];
  return h(
    "tr",
    null,
    h("td", { class: "name-cell" }, h("a", { href: href("connections", { [parameter]: text }) }, h(Wire, { text }))),
    h(
      "td",
      { class: "share-cell" },
      h(Share, { parts, whole: most, label: `${connections - refused} not refused, ${refused} refused` }),
    ),
    h("td", { class: "number" }, count(connections)),
    h("td", { class: refused ? "number refused" : "number muted" }, count(refused)),
  );
}

/** The names or clients with the most of the recent connections. */
export function Top({ id, title, rows, of, field, parameter }) {
  const most = Math.max(1, ...rows.map(row => row.connections));
  return h(
    "section",
    { class: "card", id },
    h("h2", null, title, h("small", null, ` of the last ${counted(of, "connection")}`)),
    rows.length === 0
      ? h(Empty, { title: "No connections yet." })
      : h(
          "table",
          { class: "tight" },
          h(Heads, { of: [field === "name" ? "Name" : "Client", "", ["All", "number"], ["Refused", "number"]] }),
          h(
            "tbody",
            null,
            rows.map(row => h(TopRow, { key: row[field], text: row[field], ...row, most, parameter })),
          ),
        ),
  );
}

export function LastReload({ reload }) {
  if (!reload) {
    return h(
      "section",
      { class: "card", id: "last-reload" },
      h("h2", null, "Last reload"),
      h("p", { class: "muted" }, "Not reloaded since the start."),
    );
  }
  return h(
    "section",
    { class: "card", id: "last-reload" },
    h("h2", null, "Last reload"),
    h(
      "p",
      null,
      h(Badge, { word: reload.ok ? "succeeded" : "failed", kind: reload.ok ? "ok" : "failed" }),
      ` ${moment(reload.time)}, by ${visible(reload.cause)}`,
    ),
    !reload.ok &&
      h(
        Notice,
        { kind: "warn", title: "The rules from before stay in force." },
        h("pre", { class: "detail" }, visibleLines(reload.detail)),
      ),
    h(
      "p",
      { class: "muted" },
      `${counted(reload.succeeded, "reload")} succeeded, ${count(reload.failed)} failed. `,
      h("a", { href: href("config") }, "Check the files"),
    ),
  );
}

export function LogState({ status }) {
  const { log, bytes: carried } = status;
  return h(
    "section",
    { class: "card", id: "log-state" },
    h("h2", null, "Carried and logged"),
    h(
      "dl",
      { class: "pairs" },
      h("dt", null, "Bytes from clients"),
      h("dd", null, bytes(carried.up)),
      h("dt", null, "Bytes to clients"),
      h("dd", null, bytes(carried.down)),
      h("dt", null, "Connections kept for this page"),
      h("dd", null, count(log.recent)),
      h("dt", null, "Access lines lost"),
      h(
        "dd",
        { "data-fact": "lost" },
        log.lost
          ? h(Badge, { word: count(log.lost), kind: "warn", title: "The log's reader could not keep up" })
          : "none",
      ),
    ),
  );
}

const Listener = ({ name, bind, type, capture, relay, transport }) =>
  h(
    "tr",
    { "data-listener": name },
    h("td", { "data-label": "Name" }, h("b", null, name)),
    h("td", { "data-label": "Address" }, h(Wire, { text: bind })),
    h("td", { "data-label": "Type" }, type),
    h("td", { "data-label": "Capture" }, capture),
    h("td", { "data-label": "Relay" }, relay),
    h("td", { "data-label": "Transport" }, transport),
  );

export const Listeners = ({ listeners }) =>
  h(
    "section",
    { class: "card", id: "listeners" },
    h("h2", null, "Listeners"),
    h(
      "table",
      { class: "tight cards" },
      h(Heads, { of: ["Name", "Address", "Type", "Capture", "Relay", "Transport"] }),
      h(
        "tbody",
        null,
        listeners.map(each => h(Listener, { key: each.name, ...each })),
      ),
    ),
  );
