import { h, useEffect, useRef, useState } from "./dom.js";
import { visible, visibleLines } from "./text.js";

const SIGNS = { pass: "✓", passthrough: "✓", drop: "✕", fail: "!", ok: "✓", failed: "✕", warn: "!" };

/** A status word, told by sign, word and colour. */
export function Badge({ word, kind = word, title }) {
  const sign = SIGNS[kind];
  return h("span", { class: `badge ${kind}`, title }, sign && h("span", { "aria-hidden": true }, sign), word);
}

/** Text that may come from the wire. */
export const Wire = ({ text, title }) => h("span", { class: "wire", title: title && visible(title) }, visible(text));

export const Muted = ({ children }) => h("span", { class: "muted" }, children);

export const Loading = ({ what }) => h("p", { class: "empty", "aria-busy": true }, `Reading ${what}…`);

export function Empty({ title, children }) {
  return h("div", { class: "empty" }, h("p", { class: "empty-title" }, title), children);
}

/** @param kind info | warn | failed | ok */
export function Notice({ kind = "info", title, id, children }) {
  const role = kind === "failed" ? "alert" : undefined;
  return h("div", { class: `notice ${kind}`, role, id }, title && h("strong", null, title), children);
}

/** An error in full. */
export function Failure({ error, title }) {
  return error
    ? h(
        Notice,
        { kind: "failed", title: title ?? error.title },
        h("pre", { class: "detail" }, visibleLines(error.message)),
      )
    : null;
}

/** The head of a table. @param of texts, or [text, class] */
export function Heads({ of }) {
  const cells = of.map(head => (Array.isArray(head) ? head : [head, ""]));
  return h(
    "thead",
    null,
    h(
      "tr",
      null,
      cells.map(([text, style], index) => h("th", { key: index, scope: "col", class: style }, text)),
    ),
  );
}

/** What was loaded, or that it is loading, or why it is not there. */
export function Loaded({ from, what, children }) {
  if (from.data === undefined) {
    return from.error ? h(Failure, { error: from.error, title: `Could not read ${what}` }) : h(Loading, { what });
  }
  return children(from.data);
}

/** A button that can be pressed once at a time. It is not disabled meanwhile, since that would take the focus from it. */
export function Button({ run, class: style = "", children, ...rest }) {
  const [busy, setBusy] = useState(false);
  const press = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await run();
    } finally {
      setBusy(false);
    }
  };
  return h("button", { ...rest, type: "button", class: style, "aria-busy": busy, onClick: press }, children);
}

export function Copy({ text, label = "Copy" }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return h(Button, { class: "small outline secondary", run: copy, "data-do": "copy" }, copied ? "Copied" : label);
}

/** @param hint a line below the control */
export function Field({ label, hint, children, wide }) {
  return h(
    "label",
    { class: wide ? "field wide" : "field" },
    h("span", { class: "label" }, label),
    children,
    hint && h("small", null, hint),
  );
}

/** @param options values, or [value, text] */
export function Select({ options, value, set, ...rest }) {
  const pairs = options.map(option => (Array.isArray(option) ? option : [option, option]));
  return h(
    "select",
    { ...rest, value, onChange: event => set(event.currentTarget.value) },
    pairs.map(([key, text]) => h("option", { value: key, key, selected: key === value }, text)),
  );
}

export function Input({ set, ...rest }) {
  const tag = rest.rows ? "textarea" : "input";
  return h(tag, { spellcheck: false, autocomplete: "off", ...rest, onInput: event => set(event.currentTarget.value) });
}

export function Check({ label, checked, set, ...rest }) {
  const input = h("input", { type: "checkbox", checked, onChange: event => set(event.currentTarget.checked), ...rest });
  return h("label", { class: "check" }, input, label);
}

/** Buttons below a sign; it closes when the focus leaves it or Escape is pressed. */
export function Menu({ label, items }) {
  const menu = useRef();
  const close = () => {
    menu.current.querySelector("summary").focus();
    menu.current.removeAttribute("open");
  };
  const leave = ({ currentTarget, relatedTarget }) =>
    currentTarget.contains(relatedTarget) || currentTarget.removeAttribute("open");
  const key = event => {
    if (event.key === "Escape" && menu.current.open) {
      event.stopPropagation();
      close();
    }
  };
  const item = ({ text, run, disabled, hook }) =>
    h("button", { type: "button", disabled, "data-do": hook, onClick: () => (close(), run()) }, text);
  return h(
    "details",
    { class: "menu", ref: menu, onFocusOut: leave, onKeyDown: key },
    h("summary", { "aria-label": label, "data-do": "menu" }, h("span", { "aria-hidden": true }, "⋯")),
    h("div", { class: "menu-items" }, items.map(item)),
  );
}

/** A number of milliseconds after the last change, that change. */
export function useSettled(value, wait) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return settled;
}
