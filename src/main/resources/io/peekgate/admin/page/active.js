import { query, remove } from "./api.js";
import { Carried, NameButton, rowProps } from "./connection-row.js";
import { Confirm } from "./dialog.js";
import { h, useState } from "./dom.js";
import { useResource } from "./resource.js";
import { toast } from "./store.js";
import { count, millis, moment, visible } from "./text.js";
import { Badge, Empty, Failure, Heads, Loaded, Muted, Wire } from "./ui.js";

const EVERY_SECONDS = 2;
const LIMIT = 200;
const HEADS = [
  "Phase",
  "Name",
  "Client",
  "Rule",
  ["To", "to"],
  ["Bytes", "number carried"],
  ["Open for", "number"],
  "",
];

function Row({ row, open, opened, kill }) {
  return h(
    "tr",
    rowProps(row, open, opened),
    h("td", { class: "action" }, h(Badge, { word: row.phase, kind: `phase-${row.phase}` })),
    h("td", { class: "name" }, h(NameButton, { row, open })),
    h("td", { "data-label": "Client", class: "address" }, h(Wire, { text: row.source })),
    h("td", { "data-label": "Rule", class: "rule" }, row.rule ? h(Wire, { text: row.rule }) : h(Muted, null, "–")),
    h(
      "td",
      { "data-label": "To", class: "address to" },
      row.upstream ? h(Wire, { text: row.upstream }) : h(Muted, null, "–"),
    ),
    h("td", { "data-label": "Bytes", class: "number carried" }, h(Carried, { row })),
    h("td", { "data-label": "Open for", class: "number", title: `since ${moment(row.time)}` }, millis(row.duration_ms)),
    h(
      "td",
      { class: "tools" },
      h(
        "button",
        {
          type: "button",
          class: "small outline secondary",
          "data-do": "kill",
          "aria-label": `Kill ${visible(row.sni ?? row.id)} from ${row.source}`,
          onClick: () => kill(row),
        },
        "Kill…",
      ),
    ),
  );
}

function Kill({ row, reload, close }) {
  const run = async () => {
    try {
      await remove(`/connections/${encodeURIComponent(row.id)}`);
      toast("The connection is killed.");
    } catch (error) {
      if (error.status !== 404) throw error;
      toast("The connection was over already.");
    }
    await reload();
  };
  return h(
    Confirm,
    { title: "Kill this connection?", verb: "Kill", run, close },
    h(
      "p",
      null,
      h(Wire, { text: row.sni ?? "(no name)" }),
      " from ",
      h(Wire, { text: row.source }),
      " is cut at once on both sides. The client may connect again; a rule keeps it out.",
    ),
  );
}

function none({ total, searched }) {
  if (total === 0) return "No connection is open.";
  return searched < total
    ? `None of the newest ${count(searched)} of ${count(total)} open connections fits the filters.`
    : "No open connection fits the filters.";
}

function List({ data, ...rest }) {
  if (!data.connections.length) return h(Empty, { title: none(data) });
  const cut = data.total > data.connections.length;
  return [
    cut && h("p", { class: "muted" }, `${count(data.connections.length)} of ${count(data.total)} open connections.`),
    h(
      "table",
      { class: "cards connections", id: "active" },
      h(Heads, { of: HEADS }),
      h(
        "tbody",
        null,
        data.connections.map(row => h(Row, { key: row.id, row, ...rest, opened: row.id === rest.opened })),
      ),
    ),
  ];
}

export function Active({ filter: { sni, source }, open, opened }) {
  const [killing, kill] = useState();
  const active = useResource(`/connections${query({ sni, source, limit: LIMIT })}`, EVERY_SECONDS);
  const list = data => [active.error && h(Failure, { error: active.error }), h(List, { data, open, opened, kill })];
  return [
    h(Loaded, { from: active, what: "the open connections" }, list),
    killing && h(Kill, { row: killing, reload: active.reload, close: () => kill(undefined) }),
  ];
}
