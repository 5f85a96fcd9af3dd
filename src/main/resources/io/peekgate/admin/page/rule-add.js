import { get, post } from "./api.js";
import { Dialog } from "./dialog.js";
import { h, useEffect, useState } from "./dom.js";
import { editable } from "./rule-edits.js";
import { ACTIONS, ScopeFields } from "./rule-form.js";
import { Preview } from "./rule-preview.js";
import { toast } from "./store.js";
import { counted, lines, words } from "./text.js";
import { Button, Failure, Field, Input, Select, useSettled } from "./ui.js";

const SETTLED_MILLIS = 300;
const PLACES = [
  ["bottom", "behind the run-time rules"],
  ["top", "before all rules"],
];
const BLANK = { patterns: "", action: "passthrough", reason: "", sources: "", ports: "", alpn: "", place: "bottom" };

/** The form as a body of the API; what is empty is left out. */
function toBody({ patterns, action, reason, sources, ports, alpn }) {
  const all = {
    patterns: patterns.split("\n"),
    action,
    reason: reason.trim(),
    sources: words(sources),
    ports: words(ports).map(port => (/^\d+$/.test(port) ? Number(port) : port)),
    alpn: words(alpn),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value.length > 0));
}

/** What the gateway says of the patterns while they are typed; the answer to an older text is forgotten. */
function usePreview(form) {
  const settled = useSettled(form, SETTLED_MILLIS);
  const [answer, setAnswer] = useState({ results: [] });
  useEffect(() => {
    let late = false;
    const take = next => late || setAnswer(next);
    if (lines(settled.patterns).length) {
      post("/rules:preview", toBody(settled)).then(take, error => take({ results: [], error }));
    } else {
      setAnswer({ results: [] });
    }
    return () => {
      late = true;
    };
  }, [settled]);
  return answer;
}

async function add(form) {
  const first = form.place === "top" ? editable((await get("/rules")).rules)[0] : undefined;
  const before = first ? `?before=${encodeURIComponent(first.id)}` : "";
  const { results } = await post(`/rules${before}`, toBody(form));
  return { added: results.filter(result => result.id), bad: results.filter(result => !result.id) };
}

function Fields({ form, set }) {
  const change = key => value => set({ ...form, [key]: value });
  const text = (key, rest) => h(Input, { id: `add-${key}`, value: form[key], set: change(key), ...rest });
  const hint =
    "One a line, each becomes a rule; behind a # its own reason. a.example · *.a.example (one label) · .a.example (itself and all below) · **.a.example (all below) · ~regular expression";
  return h(
    "div",
    { class: "fields" },
    h(
      Field,
      { label: "Patterns", hint, wide: true },
      text("patterns", {
        rows: 5,
        "data-first": true,
        placeholder: "www.example.com\n*.cdn.example.com  # static files",
      }),
    ),
    h(
      Field,
      { label: "Action" },
      h(Select, { id: "add-action", value: form.action, set: change("action"), options: ACTIONS }),
    ),
    h(Field, { label: "Reason" }, text("reason")),
    h(ScopeFields, { form, text }),
    h(
      Field,
      { label: "Place" },
      h(Select, { id: "add-place", value: form.place, set: change("place"), options: PLACES }),
    ),
  );
}

/** @param prefill what the form begins with */
export function AddRules({ prefill, reload, close }) {
  const [form, setForm] = useState({ ...BLANK, ...prefill });
  const [error, setError] = useState();
  const preview = usePreview(form);
  const keepBad = bad => {
    setForm({ ...form, patterns: bad.map(result => result.text).join("\n") });
    setError(new Error(bad.map(result => result.detail).join("\n")));
  };
  const save = async () => {
    setError(undefined);
    try {
      const { added, bad } = await add(form);
      if (added.length)
        toast(added.length === 1 ? "The rule is added." : `${counted(added.length, "rule")} are added.`);
      if (bad.length) keepBad(bad);
      else close();
      await reload();
    } catch (failed) {
      setError(failed);
    }
  };
  const disabled = lines(form.patterns).length === 0;
  return h(
    Dialog,
    {
      id: "add-dialog",
      title: "Add rules",
      close,
      wide: true,
      foot: h(Button, { run: save, disabled, "data-do": "save" }, "Add"),
    },
    h(Fields, { form, set: setForm }),
    h(Failure, { error, title: "Not added" }),
    h(Preview, preview),
  );
}
