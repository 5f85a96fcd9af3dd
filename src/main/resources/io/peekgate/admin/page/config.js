import { post } from "./api.js";
import { Confirm } from "./dialog.js";
import { h, useState } from "./dom.js";
import { useResource } from "./resource.js";
import { adjust } from "./route.js";
import { toast } from "./store.js";
import { count, counted, visible, visibleLines } from "./text.js";
import { Badge, Button, Check, Empty, Failure, Heads, Input, Loaded, Notice, Wire } from "./ui.js";

const DEFAULTS = "built-in defaults";

const Finding = ({ place, rule, kind, found, mend }) =>
  h(
    "li",
    { "data-finding": kind },
    h(
      "div",
      null,
      h(Badge, { word: kind, kind: "warn" }),
      " ",
      h(Wire, { text: place }),
      " rule ",
      h(Wire, { text: rule }),
    ),
    h("div", null, visible(found)),
    h("div", { class: "muted" }, `→ ${visible(mend)}`),
  );

function Checked({ valid, problems, findings }) {
  const title = valid ? "The files are valid. " : `The files are not valid: ${counted(problems.length, "problem")}. `;
  return h(
    Notice,
    { kind: valid ? "ok" : "failed", id: "check-result", title },
    problems.length > 0 &&
      h(
        "ul",
        { class: "findings" },
        problems.map(text => h("li", { key: text }, h("pre", { class: "detail" }, visibleLines(text)))),
      ),
    findings.length === 0
      ? valid && "Nothing is odd in the rules."
      : h("p", null, `${counted(findings.length, "finding")} in the rules:`),
    h(
      "ul",
      { class: "findings" },
      findings.map((finding, index) => h(Finding, { key: index, ...finding })),
    ),
  );
}

function Drain({ close }) {
  const run = async () => {
    await post("/drain");
    toast("The gateway drains: it takes no new connections.");
  };
  return h(
    Confirm,
    { title: "Drain the gateway?", verb: "Drain", typed: "drain", run, close },
    h(
      "p",
      null,
      "It takes no new connections from then on, lets the open ones end within shutdown.grace, and exits. This page goes with it. There is no way back.",
    ),
  );
}

function Actions({ again, draining }) {
  const [result, setResult] = useState();
  const [asking, setAsking] = useState(false);
  const attempt = work => () => work().then(setResult, error => setResult(h(Failure, { error, title: "Not done" })));
  const check = attempt(async () => h(Checked, await post("/config:check")));
  const reload = attempt(async () => {
    try {
      const { generation } = await post("/config:reload");
      return h(
        Notice,
        { kind: "ok", id: "reload-result", title: "Reloaded. " },
        `Generation ${count(generation)} is in force.`,
      );
    } catch (error) {
      if (error.status !== 422) throw error;
      return h(
        Notice,
        { kind: "failed", id: "reload-result", title: "Not reloaded: the rules from before stay in force." },
        h("pre", { class: "detail" }, visibleLines(error.detail)),
      );
    } finally {
      again();
    }
  });
  return h(
    "section",
    { class: "card" },
    h("h2", null, "The files"),
    h(
      "div",
      { class: "buttons" },
      h(Button, { run: check, id: "config-check", class: "outline" }, "Check"),
      h(Button, { run: reload, id: "config-reload" }, "Reload"),
      h(
        "button",
        { type: "button", class: "outline danger", id: "drain", disabled: draining, onClick: () => setAsking(true) },
        draining ? "Draining" : "Drain…",
      ),
    ),
    result,
    asking && h(Drain, { close: () => setAsking(false) }),
  );
}

const Setting = ({ name, value, origin }) =>
  h(
    "tr",
    { class: origin === DEFAULTS ? "default" : "", "data-setting": name },
    h("td", { class: "setting-key" }, h(Wire, { text: name })),
    h("td", { class: "setting-value" }, h(Wire, { text: value })),
    h(
      "td",
      { class: "setting-origin" },
      origin === DEFAULTS ? h("span", { class: "muted" }, "default") : h(Wire, { text: origin }),
    ),
  );

const fits = (setting, search) =>
  `${setting.key} ${setting.value} ${setting.origin}`.toLowerCase().includes(search.toLowerCase());

function Settings({ data, params }) {
  const { search = "", changed } = params;
  const set = key => value => adjust("config", { ...params, [key]: value });
  const shown = data.settings.filter(setting => fits(setting, search) && (!changed || setting.origin !== DEFAULTS));
  return h(
    "section",
    { class: "card" },
    h(
      "h2",
      null,
      "In effect",
      h("small", null, data.files.length ? [" from ", h(Wire, { text: data.files.join(", ") })] : " without a file"),
    ),
    h(
      "div",
      { class: "toolbar" },
      h(Input, {
        id: "config-search",
        type: "search",
        "data-search": true,
        placeholder: "Search settings  /",
        "aria-label": "Search settings",
        value: search,
        set: set("search"),
      }),
      h(Check, {
        id: "config-changed",
        label: "Changed from the default only",
        checked: Boolean(changed),
        set: on => set("changed")(on ? "yes" : ""),
      }),
    ),
    shown.length
      ? h(
          "table",
          { class: "tight settings", id: "settings" },
          h(Heads, { of: ["Key", "Value", "Origin"] }),
          h(
            "tbody",
            null,
            shown.map(({ key, ...rest }) => h(Setting, { key, name: key, ...rest })),
          ),
        )
      : h(Empty, { title: "No setting fits." }),
  );
}

export function Config({ params, status }) {
  const config = useResource("/config");
  const draining = status.data?.state === "draining";
  return [
    h(Actions, { again: config.reload, draining }),
    h(Loaded, { from: config, what: "the configuration" }, data => h(Settings, { data, params })),
  ];
}
