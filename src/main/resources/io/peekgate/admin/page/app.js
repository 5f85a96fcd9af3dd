import { post } from "./api.js";
import { Config } from "./config.js";
import { Connections } from "./connections.js";
import { h, render, useEffect, useState } from "./dom.js";
import { Explain } from "./explain.js";
import { keepFocus } from "./focus.js";
import { Login } from "./login.js";
import { Overview } from "./overview.js";
import { useResource } from "./resource.js";
import { current, href, SCREENS } from "./route.js";
import { Rules } from "./rules.js";
import { state, update, watch } from "./store.js";
import { applyTheme, ThemeSwitch } from "./theme.js";
import { Toasts } from "./toasts.js";
import { Badge, Loading, Notice } from "./ui.js";

const VIEWS = { overview: Overview, rules: Rules, connections: Connections, explain: Explain, config: Config };
const TITLES = {
  overview: "Overview",
  rules: "Rules",
  connections: "Connections",
  explain: "Explain",
  config: "Config",
};

function useRoute() {
  const [route, setRoute] = useState(current);
  useEffect(() => {
    const follow = () => setRoute(current());
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}

/** `/` goes to the screen's search, as long as nobody is typing. */
function useSearchKey() {
  useEffect(() => {
    const press = event => {
      const typing = event.target.closest("input, textarea, select, dialog");
      const search = document.querySelector("[data-search]");
      if (event.key === "/" && !event.ctrlKey && !event.metaKey && !typing && search) {
        event.preventDefault();
        search.focus();
      }
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

const leave = () => post("/logout").finally(() => update({ session: "out" }));

function Bar({ screen, status }) {
  const link = name =>
    h("a", { href: href(name), key: name, "aria-current": name === screen ? "page" : undefined }, TITLES[name]);
  return h(
    "header",
    { class: "bar" },
    h(
      "a",
      { class: "brand", href: href("overview") },
      h("img", { src: "icon.svg", alt: "", width: 24, height: 24 }),
      "Peekgate",
    ),
    h("nav", { "aria-label": "Screens" }, SCREENS.map(link)),
    h("div", { class: "bar-end" }, status && h(Standing, { status }), h(ThemeSwitch), h(Leave)),
  );
}

const Leave = () => h("button", { type: "button", class: "plain", id: "logout", onClick: leave }, "Log out");

function Standing({ status }) {
  const draining = status.state === "draining";
  return h(
    "span",
    { class: "standing" },
    draining && h(Badge, { word: "draining", kind: "warn" }),
    h(Badge, { word: status.mode, kind: status.mode === "observe" ? "warn" : "ok" }),
  );
}

const Unreachable = () =>
  h(
    Notice,
    { kind: "failed", id: "unreachable", title: "Not connected. " },
    "The gateway's admin address does not answer; trying again. What is shown may be old.",
  );

function Inside({ reachable }) {
  const { screen, params } = useRoute();
  const status = useResource("/status", screen === "overview" ? 2 : 10);
  useSearchKey();
  useEffect(() => {
    document.title = `${TITLES[screen]} – Peekgate`;
  }, [screen]);
  return [
    h(Bar, { screen, status: status.data }),
    h(
      "main",
      { "data-screen": screen, id: "main", tabindex: -1 },
      !reachable && h(Unreachable),
      h("h1", null, TITLES[screen]),
      h(VIEWS[screen], { key: screen, params, status }),
    ),
  ];
}

/** Whether the browser has the cookie already, only the gateway can tell. */
function Entering() {
  const { data, error } = useResource("/status", 2);
  useEffect(() => {
    if (data) update({ session: "in" });
  }, [data]);
  return h("main", null, error ? h(Unreachable) : h(Loading, { what: "the gateway's state" }));
}

/** A change of the store is drawn later, not within the effect that made it: that effect's own screen may go by it. */
function App() {
  const [{ session, reachable, toasts }, setShown] = useState(state);
  useEffect(() => watch(() => setShown({ ...state })), []);
  const inside = { in: Inside, out: Login, unknown: Entering }[session];
  return [h(inside, { key: session, reachable }), h(Toasts, { toasts })];
}

const root = document.getElementById("app");

applyTheme();
keepFocus(root);
root.replaceChildren();
render(h(App), root);
