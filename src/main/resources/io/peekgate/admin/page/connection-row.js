import { h } from "./dom.js";
import { bytes, clock, millis, moment, visible } from "./text.js";
import { Badge, Muted, Wire } from "./ui.js";

export const HEADS = [
  "Time",
  "Action",
  "Name",
  "Client",
  "Why",
  ["To", "to"],
  ["Bytes", "number carried"],
  ["Lasted", "number"],
];

/** What the client asked for; markup and control characters show as text. */
function Name({ row }) {
  if (row.sni) return h(Wire, { text: row.sni });
  return h(Muted, null, row.tls ? "(no name)" : "(no hello)");
}

function pressed(event, row, open) {
  if (!event.target.closest("button, a")) open(row);
}

export const NameButton = ({ row, open }) =>
  h(
    "button",
    {
      type: "button",
      class: "row-button",
      "data-do": "why",
      "aria-label": `Why? ${visible(row.sni ?? row.id)}`,
      onClick: () => open(row),
    },
    h(Name, { row }),
  );

export const rowProps = (row, open, opened) => ({
  class: opened ? "opened" : "",
  "data-connection": row.id,
  "aria-current": opened ? "true" : undefined,
  onClick: event => pressed(event, row, open),
});

const Reason = ({ row }) => [
  h("span", { class: "mono" }, row.reason),
  row.rule && h(Muted, null, " by ", h(Wire, { text: row.rule })),
  " ",
  row.would_drop && h(Badge, { word: "would drop", kind: "warn" }),
  row.mismatch &&
    h(Badge, {
      word: "mismatch",
      kind: "warn",
      title: "The client dialled an address that our DNS does not have for the name",
    }),
];

export const Carried = ({ row }) =>
  row.bytes_down === undefined
    ? h(Muted, null, "–")
    : [
        h("span", { title: "from the client" }, `↑ ${bytes(row.bytes_up)} `),
        h("span", { title: "to the client" }, `↓ ${bytes(row.bytes_down)}`),
      ];

export function ConnectionRow({ row, open, opened }) {
  return h(
    "tr",
    rowProps(row, open, opened),
    h("td", { class: "time", title: moment(row.time) }, clock(row.time)),
    h("td", { class: "action" }, h(Badge, { word: row.action })),
    h("td", { class: "name" }, h(NameButton, { row, open })),
    h("td", { "data-label": "Client", class: "address" }, h(Wire, { text: row.source })),
    h("td", { "data-label": "Why", class: "reason" }, h(Reason, { row })),
    h(
      "td",
      { "data-label": "To", class: "address to" },
      row.upstream ? h(Wire, { text: row.upstream }) : h(Muted, null, "–"),
    ),
    h("td", { "data-label": "Bytes", class: "number carried" }, h(Carried, { row })),
    h("td", { "data-label": "Lasted", class: "number" }, millis(row.duration_ms)),
  );
}
