import { link, put } from "./api.js";
import { h, useState } from "./dom.js";
import { Confirm } from "./dialog.js";
import { LastReload, Listeners, LogState, Top } from "./overview-parts.js";
import { Rates, Refusals } from "./overview-plots.js";
import { href } from "./route.js";
import { toast } from "./store.js";
import { count, duration } from "./text.js";
import { Badge, Failure, Loaded } from "./ui.js";

const OTHER = { enforce: "observe", observe: "enforce" };
const MEANING = {
  observe: "Everything will pass, and the log will say what enforce would have dropped.",
  enforce: "Rules count again: what they drop is dropped.",
};

function ModeSwitch({ mode, reload }) {
  const [asking, setAsking] = useState(false);
  const next = OTHER[mode];
  const change = async () => {
    await put("/policy/mode", { mode: next });
    toast(`The policy's mode is ${next} now.`);
    reload();
  };
  return [
    h(
      "button",
      { type: "button", class: "small outline secondary", id: "mode-switch", onClick: () => setAsking(true) },
      `Switch to ${next}…`,
    ),
    asking &&
      h(
        Confirm,
        { title: `Switch to ${next}?`, verb: `Switch to ${next}`, run: change, close: () => setAsking(false) },
        h(
          "p",
          null,
          MEANING[next],
          " This holds until the next reload or restart, after which the configuration's policy.mode counts.",
        ),
      ),
  ];
}

const Fact = ({ term, hook, children }) =>
  h("div", null, h("dt", null, term), h("dd", { "data-fact": hook }, children));

function StateLine({ status, reload }) {
  const { rules, connections } = status;
  const kind = status.state === "running" ? "ok" : "warn";
  const defaultKind = status.default_action === "drop" ? "drop" : "pass";
  return h(
    "dl",
    { class: "facts card", id: "state" },
    h(Fact, { term: "State", hook: "state" }, h(Badge, { word: status.state, kind })),
    h(
      Fact,
      { term: "Mode", hook: "mode" },
      h(Badge, { word: status.mode, kind: status.mode === "observe" ? "warn" : "ok" }),
      h(ModeSwitch, { mode: status.mode, reload }),
    ),
    status.mode === "observe" &&
      h(
        Fact,
        { term: "Would have been dropped", hook: "would-drop" },
        `${count(connections.would_drop)} `,
        h("a", { href: link("/propose?fold=4"), target: "_blank", rel: "noopener" }, "Proposed rules"),
      ),
    h(
      Fact,
      { term: "Where no rule matches", hook: "default" },
      h(Badge, { word: status.default_action, kind: defaultKind }),
    ),
    h(
      Fact,
      { term: "Rules", hook: "rules" },
      h("a", { href: href("rules") }, `${count(rules.runtime)} run-time, ${count(rules.file)} from files`),
    ),
    h(Fact, { term: "Generation", hook: "generation" }, count(status.generation)),
    h(Fact, { term: "Up for", hook: "uptime" }, duration(status.uptime_seconds)),
    h(Fact, { term: "Connections so far", hook: "total" }, count(connections.total)),
    h(Fact, { term: "Version", hook: "version" }, status.version),
  );
}

function Screen({ data, error, reload }) {
  return h(
    "div",
    { class: "overview" },
    error && error.status !== 0 && h(Failure, { error, title: "Could not refresh" }),
    h(StateLine, { status: data, reload }),
    h(Rates, { status: data }),
    h(
      "div",
      { class: "columns" },
      h(Refusals, { status: data }),
      h("div", null, h(LastReload, data), h(LogState, { status: data })),
    ),
    h(
      "div",
      { class: "columns" },
      h(Top, {
        id: "top-names",
        title: "Top names",
        rows: data.top.names,
        of: data.top.of,
        field: "name",
        parameter: "sni",
      }),
      h(Top, {
        id: "top-clients",
        title: "Top clients",
        rows: data.top.clients,
        of: data.top.of,
        field: "source",
        parameter: "source",
      }),
    ),
    h(Listeners, data),
  );
}

export const Overview = ({ status }) =>
  h(Loaded, { from: status, what: "the gateway's state" }, data => h(Screen, { ...status, data }));
