import { post } from "./api.js";
import { h, useEffect, useState } from "./dom.js";
import { href } from "./route.js";
import { Outcome, Pairs, Steps } from "./steps.js";
import { nameAndPort, words } from "./text.js";
import { Check, Empty, Failure, Field, Input, Select } from "./ui.js";

const BLANK = { by: "name", name: "", hello: "", source: "", alpn: "", original: "", listener: "", resolve: false };

/** The form as explain's body; what is empty is left out, and the gateway's defaults hold. */
function toBody({ by, name, hello, source, alpn, original, listener, resolve }) {
  const named = nameAndPort(name);
  const what = by === "name" ? { sni: named.name, port: named.port } : { hello: hello.replace(/[\s:]+/g, "") };
  const body = { ...what, source: source.trim(), alpn: words(alpn), original: original.trim(), listener, resolve };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value && value.length !== 0));
}

function What({ by, text }) {
  return by === "name"
    ? h(
        Field,
        { label: "Name, and port if not the listener's", wide: true },
        text("name", { placeholder: "www.example.com:443", "data-search": true, required: true }),
      )
    : h(
        Field,
        {
          label: "First bytes of the client, in hex",
          hint: "as Wireshark copies a Hex Stream; blanks, lines and colons do not matter",
          wide: true,
        },
        text("hello", { rows: 5, placeholder: "16 03 01 02 00 01 00 …", required: true }),
      );
}

function Tabs({ by, choose }) {
  const tab = (name, title) =>
    h(
      "a",
      {
        href: href("explain", { by: name }),
        "data-tab": name,
        "aria-current": by === name ? "page" : undefined,
        onClick: event => (event.preventDefault(), choose(name)),
      },
      title,
    );
  return h("nav", { class: "tabs", "aria-label": "By what" }, tab("name", "By name"), tab("hello", "By bytes"));
}

function Form({ form, set, run, listeners }) {
  const change = key => value => set({ ...form, [key]: value });
  const text = (key, rest) => h(Input, { id: `explain-${key}`, value: form[key], set: change(key), ...rest });
  return h(
    "form",
    { class: "card", id: "explain-form", onSubmit: event => (event.preventDefault(), run()) },
    h(Tabs, { by: form.by, choose: change("by") }),
    h(
      "div",
      { class: "fields" },
      h(What, { by: form.by, text }),
      h(Field, { label: "From client" }, text("source", { placeholder: "10.1.2.3" })),
      h(Field, { label: "ALPN" }, text("alpn", { placeholder: "h2, http/1.1" })),
      h(Field, { label: "Dialled address" }, text("original", { placeholder: "203.0.113.7:443" })),
      h(
        Field,
        { label: "Listener" },
        h(Select, {
          id: "explain-listener",
          value: form.listener,
          set: change("listener"),
          options: [["", "the first"], ...listeners],
        }),
      ),
    ),
    h(
      "div",
      { class: "form-end" },
      h(Check, {
        id: "explain-resolve",
        label: "Ask DNS and the address guard too",
        checked: form.resolve,
        set: change("resolve"),
      }),
      h("button", { type: "submit", id: "explain-run" }, "Explain"),
    ),
  );
}

function Answer({ answer }) {
  const asked = [
    ["Name", answer.sni ?? "none"],
    ["Port", answer.port && String(answer.port)],
    ["Client", answer.source],
    ["Listener", answer.listener],
    ["Dialled", answer.original],
    ["ALPN", answer.alpn?.join(", ")],
    ["Encrypted hello", answer.ech],
  ];
  const goes = [
    ["Target", answer.target],
    ["Destination", answer.destination],
    ["Resolves to", answer.addresses],
    ["Guard lets through", answer.admitted],
    ["Mismatch", answer.mismatch && "the client dialled none of these"],
  ];
  return h(
    "section",
    { class: "card", id: "explain-answer", "aria-live": "polite" },
    h(Outcome, { of: answer }),
    h("h3", null, "Decision"),
    h(Steps, { of: { steps: [], ...answer } }),
    h(
      "div",
      { class: "columns" },
      h("div", null, h("h3", null, "Asked"), h(Pairs, { of: asked })),
      answer.target && h("div", null, h("h3", null, "Where it goes"), h(Pairs, { of: goes })),
    ),
  );
}

/** By its address the form can be filled, so that other screens lead here. */
export function Explain({ params, status }) {
  const [form, setForm] = useState({ ...BLANK, ...params });
  const [result, setResult] = useState({});
  const run = () =>
    post("/explain", toBody(form)).then(
      answer => setResult({ answer }),
      error => setResult({ error }),
    );
  useEffect(() => {
    if (params.name) run();
  }, []);
  const listeners = (status.data?.listeners ?? []).map(listener => listener.name);
  const { answer, error } = result;
  return h(
    "div",
    { class: "explain" },
    h(
      "p",
      { class: "muted" },
      "What would become of a connection: the same engine decides that decides the traffic, by the rules in force.",
    ),
    h(Form, { form, set: setForm, run, listeners }),
    h(Failure, { error, title: "Not explained" }),
    answer
      ? h(Answer, { answer })
      : !error &&
          h(
            Empty,
            { title: "Nothing asked yet." },
            h("p", null, "The answer shows each rule on the way, and why it did or did not match."),
          ),
  );
}
