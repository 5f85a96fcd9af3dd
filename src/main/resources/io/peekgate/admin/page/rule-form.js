import { get, patch } from "./api.js";
import { Dialog } from "./dialog.js";
import { h, useState } from "./dom.js";
import { differing, label, rebased, toForm, toPatch } from "./rule-model.js";
import { toast } from "./store.js";
import { visible } from "./text.js";
import { Button, Check, Failure, Field, Input, Notice, Select } from "./ui.js";

export const ACTIONS = [
  ["passthrough", "pass through"],
  ["drop", "drop"],
];
const INHERITED = ["", "as the policy says"];
const ON_DROP = [
  INHERITED,
  ["alert", "alert: a TLS alert"],
  ["reset", "reset: a TCP reset"],
  ["close", "close: without a word"],
];
const DESTINATION = [
  INHERITED,
  ["resolve", "resolve: what our DNS says"],
  ["original-if-resolved", "original, if our DNS has it"],
  ["original", "original: what the client dialled"],
  ["strict", "strict: refuse a mismatch"],
];
const ECH = [INHERITED, "allow", "flag", "deny"];

/** Where else than by its name a connection must fit, for the dialogs that edit and add. */
export function ScopeFields({ form, text }) {
  return [
    h(Field, { key: "sources", label: "Only from", hint: "addresses or networks, as 10.1.0.0/16" }, text("sources")),
    h(Field, { key: "ports", label: "Only to ports" }, text("ports", { inputmode: "numeric" })),
    h(Field, { key: "alpn", label: "Only with ALPN", hint: "as h2, http/1.1" }, text("alpn")),
    form.listeners !== undefined && h(Field, { key: "listeners", label: "Only through listeners" }, text("listeners")),
  ];
}

function Fields({ form, set }) {
  const change = key => value => set({ ...form, [key]: value });
  const text = (key, rest) => h(Input, { id: `rule-${key}`, value: form[key], set: change(key), ...rest });
  const select = (key, options) => h(Select, { id: `rule-${key}`, value: form[key], set: change(key), options });
  const drops = form.action === "drop";
  return h(
    "div",
    { class: "fields" },
    h(
      Field,
      { label: "Matches", hint: "a pattern a line", wide: true },
      text("match", { rows: 3, "data-first": true }),
    ),
    h(Field, { label: "But not", hint: "a pattern a line", wide: true }, text("except", { rows: 1 })),
    h(Field, { label: "Action" }, select("action", ACTIONS)),
    h(Field, { label: "Reason" }, text("reason")),
    h(ScopeFields, { form, text }),
    drops && h(Field, { label: "A dropped client gets" }, select("on-drop", ON_DROP)),
    !drops && h(Field, { label: "Target", hint: "host:port instead of the name" }, text("target")),
    !drops && h(Field, { label: "Destination" }, select("destination", DESTINATION)),
    h(Field, { label: "Encrypted ClientHello" }, select("ech", ECH)),
    h(Field, { label: "Name of the rule" }, text("name")),
    h(
      "div",
      { class: "checks" },
      !drops &&
        h(Check, {
          id: "rule-allow-private",
          label: "May reach private addresses",
          checked: form["allow-private"],
          set: change("allow-private"),
        }),
      h(Check, { id: "rule-enabled", label: "In force", checked: form.enabled, set: change("enabled") }),
    ),
  );
}

function Conflict({ keys }) {
  const what = keys.length ? `It changed: ${keys.join(", ")}. ` : "";
  return h(
    Notice,
    { kind: "warn", id: "conflict", title: "Somebody else changed this rule meanwhile. " },
    `${what}The rule has been read again, and what you typed is kept. Save again to put it over theirs.`,
  );
}

export function EditRule({ rule: opened, reload, close }) {
  const [base, setBase] = useState(opened);
  const [form, setForm] = useState(() => toForm(opened));
  const [error, setError] = useState();
  const [conflict, setConflict] = useState();
  const readAgain = async () => {
    const fresh = await get(`/rules/${base.id}`);
    setForm(rebased(base, form, fresh));
    setConflict(differing(base, fresh));
    setBase(fresh);
    setError(undefined);
  };
  const write = async () => {
    await patch(`/rules/${base.id}`, toPatch(base, form), base.version);
    toast(`Rule ${label(base)} is saved.`);
    close();
  };
  const save = async () => {
    try {
      await write().catch(failed => (failed.status === 412 ? readAgain() : Promise.reject(failed)));
    } catch (failed) {
      setError(failed);
    }
    await reload();
  };
  return h(
    Dialog,
    {
      id: "edit-rule",
      title: `Edit rule ${visible(label(opened))}`,
      close,
      wide: true,
      foot: h(Button, { run: save, "data-do": "save" }, "Save"),
    },
    conflict && h(Conflict, { keys: conflict }),
    h(Fields, { form, set: setForm }),
    h(Failure, { error, title: "Not saved" }),
  );
}
