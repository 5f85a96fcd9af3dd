import { link } from "./api.js";
import { h, useState } from "./dom.js";
import { useResource } from "./resource.js";
import { AddRules } from "./rule-add.js";
import { deleteAll, editable, enableAll, moveAll } from "./rule-edits.js";
import { EditRule } from "./rule-form.js";
import { ImportRules } from "./rule-import.js";
import { found } from "./rule-model.js";
import { RuleRow } from "./rule-row.js";
import { adjust } from "./route.js";
import { count, counted } from "./text.js";
import { Empty, Failure, Heads, Input, Loaded } from "./ui.js";

const PAGE = 200;
const EVERY_SECONDS = 10;

function Toolbar({ params, open }) {
  const set = search => adjust("rules", { ...params, search });
  return h(
    "div",
    { class: "toolbar" },
    h(Input, {
      id: "rule-search",
      type: "search",
      "data-search": true,
      placeholder: "Search rules  /",
      "aria-label": "Search rules",
      value: params.search ?? "",
      set,
    }),
    h("button", { type: "button", id: "add-rules", onClick: () => open({ kind: "add" }) }, "Add rules…"),
    h(
      "button",
      { type: "button", id: "import-rules", class: "outline", onClick: () => open({ kind: "import" }) },
      "Import…",
    ),
    h(
      "a",
      {
        id: "export-rules",
        role: "button",
        class: "outline",
        href: link("/rules:export"),
        download: "peekgate-rules.conf",
      },
      "Export",
    ),
  );
}

function Chosen({ data, chosen, clear, reload }) {
  const act = work => async () => {
    if (await work()) clear();
  };
  const button = (text, hook, work) =>
    h("button", { type: "button", class: "small outline", "data-do": hook, onClick: act(work) }, text);
  return h(
    "div",
    { class: "chosen", id: "chosen", role: "toolbar", "aria-label": "Selected rules" },
    h("b", null, `${count(chosen.length)} selected`),
    button("Enable", "enable-chosen", () => enableAll(data, chosen, true, reload)),
    button("Disable", "disable-chosen", () => enableAll(data, chosen, false, reload)),
    button("To the top", "top-chosen", () => moveAll(data, chosen, true, reload)),
    button("To the bottom", "bottom-chosen", () => moveAll(data, chosen, false, reload)),
    button("Delete", "delete-chosen", () => deleteAll(data, chosen, reload)),
    h("button", { type: "button", class: "small plain", "data-do": "clear-chosen", onClick: clear }, "Clear"),
  );
}

const HEADS = ["On", "Matches", "Action", "Reason", "Only for", "Origin", ["Hits", "number"], ""];

function ChooseAll({ rules, chosen, choose }) {
  const all = rules.length > 0 && rules.every(rule => chosen.has(rule.id));
  const change = () => choose(all ? new Set() : new Set(rules.map(rule => rule.id)));
  return h("input", {
    type: "checkbox",
    id: "choose-all",
    "aria-label": "Select all run-time rules shown",
    checked: all,
    disabled: !rules.length,
    onChange: change,
  });
}

function Table({ data, shown, chosen, choose, reload, open }) {
  const flip = id => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    choose(next);
  };
  // several rules of a file may stand on one line, so that their origin is no key
  const row = (rule, index) =>
    h(RuleRow, { key: rule.id ?? index, rule, data, reload, open, chosen: chosen.has(rule.id), flip });
  const all = h(ChooseAll, { rules: editable(shown), chosen, choose });
  return h(
    "table",
    { class: "cards rules", id: "rules" },
    h(Heads, { of: [all, ...HEADS] }),
    h("tbody", null, shown.map(row)),
  );
}

function None({ search, open }) {
  return search
    ? h(Empty, { title: `No rule has “${search}” in it.` })
    : h(
        Empty,
        { title: "There are no rules." },
        h(
          "p",
          null,
          "Where no rule matches, policy.default-action decides. Add the first rule, or import what you have elsewhere.",
        ),
        h("button", { type: "button", onClick: () => open({ kind: "add" }) }, "Add rules…"),
      );
}

const DIALOGS = { add: AddRules, edit: EditRule, import: ImportRules };

function Screen({ data, params, reload }) {
  const [dialog, open] = useState();
  const [chosen, choose] = useState(new Set());
  const [most, setMost] = useState(PAGE);
  const { rules } = data;
  const search = params.search?.trim() ?? "";
  const fitting = rules.filter(rule => found(rule, search));
  const picked = editable(rules).filter(rule => chosen.has(rule.id));
  const runtime = editable(rules).length;
  return [
    h(Toolbar, { params, open }),
    h(
      "p",
      { class: "muted", id: "rule-count" },
      `${counted(runtime, "run-time rule")}, then ${count(rules.length - runtime)} from files; the first that matches decides. Generation ${count(data.generation)}.`,
      search && ` ${count(fitting.length)} found.`,
    ),
    picked.length > 0 && h(Chosen, { data, chosen: picked, clear: () => choose(new Set()), reload }),
    fitting.length
      ? h(Table, { data, shown: fitting.slice(0, most), chosen, choose, reload, open })
      : h(None, { search, open }),
    fitting.length > most &&
      h(
        "button",
        { type: "button", class: "outline secondary", id: "more-rules", onClick: () => setMost(most + PAGE) },
        `Show more of ${counted(fitting.length, "rule")}`,
      ),
    dialog && h(DIALOGS[dialog.kind], { ...dialog, rules, reload, close: () => open(undefined) }),
  ];
}

export function Rules({ params }) {
  const rules = useResource("/rules", EVERY_SECONDS);
  const screen = data => [
    rules.error && h(Failure, { error: rules.error }),
    h(Screen, { data, params, reload: rules.reload }),
  ];
  return h(Loaded, { from: rules, what: "the rules" }, screen);
}
