import { Active } from "./active.js";
import { h, useState } from "./dom.js";
import { AddRules } from "./rule-add.js";
import { adjust, href } from "./route.js";
import { Tail } from "./tail.js";
import { Field, Input, Select, useSettled } from "./ui.js";
import { Why } from "./why.js";

const ACTIONS = [
  ["", "all"],
  ["pass", "pass"],
  ["drop", "drop"],
  ["fail", "fail"],
];
const SETTLED_MILLIS = 300;

function Tabs({ tab, params }) {
  const link = (name, text) =>
    h(
      "a",
      {
        href: href("connections", { ...params, tab: name, id: "" }),
        "data-tab": name,
        "aria-current": name === tab ? "page" : undefined,
      },
      text,
    );
  return h(
    "nav",
    { class: "tabs", "aria-label": "Which connections" },
    link("live", "Live tail"),
    link("active", "Active"),
  );
}

function Filters({ params, tab, reasons }) {
  const set = key => value => adjust("connections", { ...params, [key]: value });
  const input = (key, rest) => h(Input, { id: `filter-${key}`, value: params[key] ?? "", set: set(key), ...rest });
  const live = tab === "live";
  const clear = () => adjust("connections", { tab });
  const filtered = ["action", "reason", "sni", "source"].some(key => params[key]);
  return h(
    "form",
    { class: "filters", onSubmit: event => event.preventDefault(), "aria-label": "Filters" },
    live &&
      h(
        Field,
        { label: "Action" },
        h(Select, { id: "filter-action", value: params.action ?? "", set: set("action"), options: ACTIONS }),
      ),
    live &&
      h(
        Field,
        { label: "Reason" },
        input("reason", { list: "reasons", placeholder: "any" }),
        h(
          "datalist",
          { id: "reasons" },
          reasons.map(reason => h("option", { key: reason, value: reason })),
        ),
      ),
    h(Field, { label: "Name" }, input("sni", { "data-search": true, placeholder: "pattern, as .example.com  /" })),
    h(Field, { label: "Client" }, input("source", { placeholder: "address or network" })),
    filtered &&
      h("button", { type: "button", class: "small outline secondary", id: "clear-filters", onClick: clear }, "Clear"),
  );
}

/** The row whose Why is open is in the address, so that it can be sent to somebody. */
export function Connections({ params, status }) {
  const [prefill, setPrefill] = useState();
  const [chosen, setChosen] = useState();
  const [edits, setEdits] = useState(0);
  const { id, tab = "live", action, reason, sni, source } = params;
  const settled = useSettled(JSON.stringify({ action, reason, sni, source }), SETTLED_MILLIS);
  const open = row => {
    setChosen(row);
    adjust("connections", { ...params, id: row.id });
  };
  const close = () => {
    document.querySelector(`tr[data-connection="${CSS.escape(id)}"] button`)?.focus();
    adjust("connections", { ...params, id: "" });
  };
  const reasons = Object.keys(status.data?.connections.reasons ?? {}).sort();
  const list = tab === "active" ? Active : Tail;
  return h(
    "div",
    { class: id ? "beside" : "" },
    h(
      "div",
      { class: "list" },
      h(Tabs, { tab, params }),
      h(Filters, { params, tab, reasons }),
      h(list, { key: tab, filter: JSON.parse(settled), open, opened: id }),
    ),
    id && h(Why, { key: `${id} ${edits}`, id, row: chosen?.id === id ? chosen : undefined, close, propose: setPrefill }),
    prefill && h(AddRules, { prefill, reload: async () => setEdits(edits + 1), close: () => setPrefill(undefined) }),
  );
}
