import { h } from "./dom.js";
import { state, update } from "./store.js";

const NEXT = { auto: "light", light: "dark", dark: "auto" };
const SIGNS = { auto: "◐", light: "☀", dark: "☾" };

/** Without the attribute the browser's own preference holds. */
export function applyTheme() {
  if (state.theme === "auto") {
    document.documentElement.removeAttribute("data-theme");
  } else {
    document.documentElement.dataset.theme = state.theme;
  }
}

function change() {
  const theme = NEXT[state.theme];
  localStorage.setItem("theme", theme);
  update({ theme });
  applyTheme();
}

export function ThemeSwitch() {
  const label = `Colours: ${state.theme}. Press for ${NEXT[state.theme]}.`;
  return h(
    "button",
    { type: "button", class: "plain", id: "theme", "aria-label": label, title: label, onClick: change },
    h("span", { "aria-hidden": true }, SIGNS[state.theme]),
  );
}
