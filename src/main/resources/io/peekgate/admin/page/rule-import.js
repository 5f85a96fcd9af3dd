import { post, query } from "./api.js";
import { Dialog } from "./dialog.js";
import { h, useState } from "./dom.js";
import { toast } from "./store.js";
import { count, counted } from "./text.js";
import { Badge, Button, Failure, Field, Heads, Input, Select, Wire } from "./ui.js";

const FORMATS = [
  ["list", "List, a pattern a line"],
  ["hosts", "Hosts file"],
  ["nectoproxy", "NectoProxy, SSL passthrough"],
  ["mitmproxy", "mitmproxy, ignore_hosts"],
  ["nginx-map", "nginx, map of names"],
];

function Entry({ place, text, rule, remark }) {
  return h(
    "tr",
    null,
    h("td", { "data-label": "Place", class: "place" }, h(Wire, { text: place })),
    h("td", { "data-label": "Entry", class: "entry" }, h(Wire, { text })),
    h(
      "td",
      { "data-label": "Becomes" },
      rule ? h(Wire, { text: rule }) : h(Badge, { word: "no rule", kind: "warn" }),
      remark && h("div", { class: "muted" }, h(Wire, { text: remark })),
    ),
  );
}

function Outcome({ entries }) {
  const good = entries.filter(entry => entry.rule).length;
  const rules = good === 1 ? "1 entry would become a rule" : `${count(good)} entries would become rules`;
  return h(
    "section",
    { id: "import-outcome" },
    h(
      "p",
      { role: "status" },
      `${rules}, ${count(entries.length - good)} would not.`,
    ),
    h(
      "table",
      { class: "tight cards imported" },
      h(Heads, { of: ["Place", "Entry", "Becomes"] }),
      h(
        "tbody",
        null,
        entries.map((entry, index) => h(Entry, { key: index, ...entry })),
      ),
    ),
  );
}

export function ImportRules({ reload, close }) {
  const [format, setFormat] = useState("list");
  const [text, setText] = useState("");
  const [tried, setTried] = useState();
  const [error, setError] = useState();
  const change = set => value => {
    set(value);
    setTried(undefined);
    setError(undefined);
  };
  const send = dryRun => post(`/rules:import${query({ format, "dry-run": dryRun })}`, text);
  const attempt = work => () => work().catch(setError);
  const dryRun = attempt(async () => setTried(await send(true)));
  const add = attempt(async () => {
    const { added } = await send(false);
    toast(added === 1 ? "One rule is imported." : `${counted(added, "rule")} are imported.`);
    close();
    await reload();
  });
  const read = async event => change(setText)(await event.currentTarget.files[0].text());
  const possible = tried?.entries.some(entry => entry.rule);
  const foot = [
    h(
      Button,
      { key: "try", run: dryRun, disabled: !text.trim(), class: tried ? "outline" : "", "data-do": "dry-run" },
      "See what it becomes",
    ),
    possible && h(Button, { key: "add", run: add, "data-do": "save" }, "Add these rules"),
  ];
  return h(
    Dialog,
    { id: "import-dialog", title: "Import rules", close, wide: true, foot },
    h(
      "div",
      { class: "fields" },
      h(
        Field,
        { label: "Format" },
        h(Select, { id: "import-format", value: format, set: change(setFormat), options: FORMATS }),
      ),
      h(Field, { label: "File" }, h("input", { type: "file", id: "import-file", onChange: read })),
      h(
        Field,
        { label: "Or its text", wide: true },
        h(Input, { id: "import-text", rows: 6, value: text, set: change(setText), "data-first": true }),
      ),
    ),
    h(Failure, { error, title: "Not imported" }),
    tried && h(Outcome, tried),
  );
}
