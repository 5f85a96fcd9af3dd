import { h } from "./dom.js";
import { deleteAll, enable, move, places } from "./rule-edits.js";
import { label, manner, scope } from "./rule-model.js";
import { count, counted, visible } from "./text.js";
import { Badge, Menu, Muted, Wire } from "./ui.js";

const SHOWN = 3;

function Patterns({ rule }) {
  const patterns = [rule.match ?? []].flat();
  const files = [rule["match-file"] ?? []].flat();
  const except = [rule.except ?? []].flat();
  const more = patterns.length - SHOWN;
  return [
    rule.name && h("div", { class: "rule-name" }, visible(rule.name)),
    patterns.slice(0, SHOWN).map((text, index) => h("div", { key: index, class: "pattern" }, h(Wire, { text }))),
    more > 0 && h("div", { class: "muted", title: visible(patterns.join("  ")) }, `and ${count(more)} more`),
    files.map(file =>
      h(
        "div",
        { key: file, class: "pattern" },
        h(Wire, { text: file }),
        h(Muted, null, `, ${counted(rule.patterns, "pattern")}`),
      ),
    ),
    except.length > 0 && h("div", { class: "muted" }, "except ", h(Wire, { text: except.join(", ") })),
  ];
}

const Pairs = ({ of }) =>
  of.map(([key, text]) => h("div", { key, class: "pair" }, h(Muted, null, `${key} `), h(Wire, { text })));

const Lock = () =>
  h(
    "svg",
    { class: "lock", viewBox: "0 0 16 16", role: "img", "aria-label": "Read-only" },
    h("path", { d: "M4.500 7V5a3.500 3.500 0 0 1 7 0v2M3 7h10v7H3z" }),
  );

function Origin({ rule }) {
  return rule.editable
    ? h(Muted, null, h(Wire, { text: rule.id }))
    : h(
        "span",
        { class: "from-file", title: "Written in a configuration file, and changed there" },
        h(Lock),
        h(Wire, { text: rule.origin }),
      );
}

const Switch = ({ rule, reload }) =>
  h("input", {
    type: "checkbox",
    role: "switch",
    "data-do": "toggle",
    "aria-label": `Rule ${visible(label(rule))} is in force`,
    checked: rule.enabled !== false,
    disabled: !rule.editable,
    onChange: event => enable(rule, event.currentTarget.checked, reload),
  });

/** A row that changes its place loses the focus; once it is drawn there, it gets it again. */
async function moveRow(rule, before, reload) {
  await move(rule, before, reload);
  setTimeout(() => document.querySelector(`tr[data-rule="${rule.id}"] [data-do="edit"]`)?.focus());
}

function Tools({ rule, data, reload, open }) {
  const { at, last, top, up, down, bottom } = places(data.rules, rule);
  const go = before => () => moveRow(rule, before, reload);
  const items = [
    { text: "Move to the top", hook: "top", disabled: at === 0, run: go(top) },
    { text: "Move up", hook: "up", disabled: at === 0, run: go(up) },
    { text: "Move down", hook: "down", disabled: at === last, run: go(down) },
    { text: "Move to the bottom", hook: "bottom", disabled: at === last, run: go(bottom) },
    { text: "Delete", hook: "delete", run: () => deleteAll(data, [rule], reload) },
  ];
  const name = visible(label(rule));
  return [
    h(
      "button",
      {
        type: "button",
        class: "small outline secondary",
        "data-do": "edit",
        "aria-keyshortcuts": "Alt+ArrowUp Alt+ArrowDown",
        title: "Alt+↑ and Alt+↓ move the rule",
        "aria-label": `Edit rule ${name}`,
        onClick: () => open({ kind: "edit", rule }),
      },
      "Edit",
    ),
    h(Menu, { label: `More for rule ${name}`, items }),
  ];
}

// Alt and an arrow key move the rule in which the focus is.
function moveByKey(event, rule, rules, reload) {
  const { at, last, up, down } = places(rules, rule);
  const ways = {
    ArrowUp: at > 0 && (() => moveRow(rule, up, reload)),
    ArrowDown: at < last && (() => moveRow(rule, down, reload)),
  };
  if (event.altKey && ways[event.key]) {
    event.preventDefault();
    ways[event.key]();
  }
}

export function RuleRow({ rule, data, reload, open, chosen, flip }) {
  const kind = rule.action === "drop" ? "drop" : "pass";
  const choice = {
    type: "checkbox",
    "data-do": "choose",
    "aria-label": `Select rule ${visible(label(rule))}`,
    checked: chosen,
    onChange: () => flip(rule.id),
  };
  return h(
    "tr",
    {
      class: rule.enabled === false ? "off" : "",
      "data-rule": rule.id ?? rule.origin,
      onKeyDown: rule.editable ? event => moveByKey(event, rule, data.rules, reload) : undefined,
    },
    h("td", { class: "choose" }, rule.editable && h("input", choice)),
    h("td", { class: "switch" }, h(Switch, { rule, reload })),
    h("td", { class: "patterns" }, h(Patterns, { rule })),
    h(
      "td",
      { "data-label": "Action", class: "action" },
      h(Badge, { word: rule.action, kind }),
      h(Pairs, { of: manner(rule) }),
    ),
    h("td", { "data-label": "Reason", class: "reason" }, visible(rule.reason)),
    h("td", { "data-label": "Only for", class: "scope" }, h(Pairs, { of: scope(rule) })),
    h("td", { "data-label": "Origin", class: "origin" }, h(Origin, { rule })),
    h("td", { "data-label": "Hits", class: rule.hits ? "number" : "number muted" }, count(rule.hits)),
    h("td", { class: "tools" }, rule.editable && h(Tools, { rule, data, reload, open })),
  );
}
