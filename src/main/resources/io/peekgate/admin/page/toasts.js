import { h } from "./dom.js";
import { dismiss } from "./store.js";
import { visibleLines } from "./text.js";

function Toast({ id, text, kind, action }) {
  const act = () => {
    dismiss(id);
    action.run();
  };
  return h(
    "div",
    { class: `toast ${kind}`, "data-toast": kind },
    h("span", null, visibleLines(text)),
    action && h("button", { type: "button", class: "small", "data-do": "undo", onClick: act }, action.label),
    h("button", { type: "button", class: "close-x", "aria-label": "Dismiss", onClick: () => dismiss(id) }, "✕"),
  );
}

export const Toasts = ({ toasts }) =>
  h(
    "div",
    { class: "toasts", role: "status", "aria-live": "polite" },
    toasts.map(each => h(Toast, { key: each.id, ...each })),
  );
