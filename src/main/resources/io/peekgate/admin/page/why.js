import { get, post } from "./api.js";
import { h, useEffect, useRef, useState } from "./dom.js";
import { Share, Swatch } from "./plot.js";
import { href } from "./route.js";
import { Outcome, Pairs, Steps } from "./steps.js";
import { millis, moment, visible, visibleLines, withoutPort } from "./text.js";
import { Badge, Check, Copy, Failure, Loaded, Notice } from "./ui.js";

const STAGES = [
  ["peek", "hello"],
  ["dns", "DNS"],
  ["connect", "connect"],
];

function Times({ connection }) {
  const parts = STAGES.map(([kind, text]) => ({ kind, text, value: connection[`${kind}_ms`] })).filter(
    part => part.value !== undefined,
  );
  if (!parts.length) return null;
  const whole = parts.reduce((sum, part) => sum + part.value, 0);
  const label = parts.map(part => `${part.text} ${millis(part.value)}`).join(", ");
  const entry = part =>
    h(
      "li",
      { key: part.kind },
      h(Swatch, { kind: part.kind }),
      `${part.text} `,
      h("b", null, millis(part.value)),
    );
  return h(
    "section",
    { "data-why": "times" },
    h("h3", null, "Times"),
    h(Share, { parts, whole, label }),
    h("ul", { class: "legend" }, parts.map(entry)),
  );
}

function Offered({ hello }) {
  if (!hello?.tls) return null;
  const { sni, alpn, tls, ech, bytes } = hello;
  const pairs = [
    ["SNI", sni || "none"],
    ["ALPN", alpn?.join(", ") || "none"],
    ["TLS", tls && `up to ${tls}`],
    ["Encrypted hello", ech || "no"],
    ["Bytes", bytes && String(bytes)],
  ];
  return h("section", { "data-why": "hello" }, h("h3", null, "What the client offered"), h(Pairs, { of: pairs }));
}

function Way({ connection: c }) {
  const pairs = [
    ["Time", moment(c.time)],
    ["Listener", c.listener],
    ["Client", c.source],
    ["Dialled", c.original],
    ["Resolved to", c.addresses],
    ["Connected to", c.upstream],
    ["Relay", c.relay],
    ["Ended by", c.end],
    ["Generation", c.generation && String(c.generation)],
  ];
  return h("section", { "data-why": "way" }, h("h3", null, "Addresses"), h(Pairs, { of: pairs }));
}

/** The name that all names beside this one end in; none where that would be a whole top-level domain. */
function parent(name) {
  const labels = name.split(".").slice(1);
  return labels.length < 2 ? undefined : `.${labels.join(".")}`;
}

function RuleButtons({ connection, propose }) {
  const [only, setOnly] = useState(false);
  const { sni, source, action, reason, time } = connection;
  if (!sni) return null;
  const above = parent(sni);
  const why = action
    ? `${action === "pass" ? "passed" : "refused"} (${reason}) on ${moment(time)}`
    : `seen open since ${moment(time)}`;
  const button = (text, hook, pattern, does) => {
    const prefill = {
      patterns: pattern,
      action: does,
      reason: why,
      sources: only ? withoutPort(source) : "",
      place: "top",
    };
    return h(
      "button",
      {
        type: "button",
        class: does === "drop" ? "outline secondary" : "outline",
        "data-do": hook,
        onClick: () => propose(prefill),
      },
      text,
    );
  };
  return h(
    "section",
    { class: "rule-buttons", "data-why": "rules" },
    h("h3", null, "Make a rule of it"),
    h(
      "div",
      { class: "buttons" },
      button("Allow this name", "allow-name", sni, "passthrough"),
      above && button("Allow its parent", "allow-parent", above, "passthrough"),
      button("Drop", "drop-name", sni, "drop"),
    ),
    h(Check, { label: "for this client only", checked: only, set: setOnly, "data-do": "this-client" }),
  );
}

/** What the steps below are of, where the gateway does not tell how it was then. */
function Changed({ connection, explanation, changed, forgotten }) {
  if (!explanation || !(changed || forgotten)) return null;
  const other = explanation.action !== (connection.action ?? "pass");
  return h(
    Notice,
    { kind: other ? "warn" : "info", id: changed ? "rules-changed" : "forgotten" },
    changed
      ? "The rules have changed since. "
      : "The gateway has had so many connections since that it keeps no more of this one than its line (admin.recent). ",
    "By the rules in force now it would ",
    h(Badge, { word: explanation.action }),
    explanation.rule && ` by rule ${visible(explanation.rule)}`,
    ".",
  );
}

function Fate({ connection, sentence }) {
  return connection.action
    ? h(Outcome, { of: connection, sentence })
    : h(
        Notice,
        { kind: "info" },
        "Still open, in phase ",
        h(Badge, { word: connection.phase, kind: `phase-${connection.phase}` }),
        ".",
      );
}

const LogLine = ({ connection }) =>
  h(
    "details",
    { class: "raw", "data-why": "raw" },
    h("summary", null, "Log line"),
    h("pre", null, visibleLines(JSON.stringify(connection, null, 2))),
    h(Copy, { text: JSON.stringify(connection), label: "Copy the line" }),
  );

function Variations({ connection: { sni, source, original, alpn, listener } }) {
  if (!sni) return null;
  const question = { name: sni, source: withoutPort(source), original, alpn: alpn?.join(", "), listener };
  return h("p", null, h("a", { href: href("explain", question) }, "Try variations in Explain"));
}

function Story({ data, propose }) {
  const { connection, explanation, hello } = data;
  return [
    h(Fate, data),
    h(RuleButtons, { connection, propose }),
    h(
      "section",
      { "data-why": "steps" },
      h("h3", null, "Decision"),
      h(Changed, data),
      h(Steps, { of: explanation ?? { steps: [] } }),
    ),
    h(Times, { connection }),
    h(Offered, { hello }),
    h(Way, { connection }),
    h(LogLine, { connection }),
    h(Variations, { connection }),
  ];
}

/** A row of which the gateway's log has nothing: what the rules say of it is asked anew. */
async function retold(row) {
  const { sni, source, alpn, original, listener } = row;
  const question = { sni, source: withoutPort(source), alpn, original, listener };
  const explanation = sni && (await post("/explain", question).catch(() => undefined));
  const hello = row.tls && row;
  if (!row.action) {
    const changed = explanation && (explanation.action !== "pass" || explanation.rule !== row.rule);
    return { connection: row, explanation, hello, changed };
  }
  const sentence = explanation?.reason === row.reason ? explanation?.sentence : undefined;
  return { connection: row, explanation, sentence, hello, forgotten: true };
}

/** An open connection has no line in the log yet, and one that ended long ago may have none any more. */
async function read(id, row) {
  if (row && !row.action) return retold(row);
  return get(`/log/${encodeURIComponent(id)}`).catch(error => {
    if (row && error.status === 404) return retold(row);
    throw error;
  });
}

const Head = ({ close }) =>
  h(
    "header",
    null,
    h("h2", null, "Why?"),
    h("button", { type: "button", class: "close-x", "data-do": "close-why", "aria-label": "Close", onClick: close }, "✕"),
  );

const NOT_KEPT = {
  error: new Error("The connection is no longer among the recent ones that the gateway keeps (admin.recent)."),
  title: "Not kept",
};

export function Why({ id, row, close, propose }) {
  const [answer, setAnswer] = useState({});
  const panel = useRef();
  useEffect(() => {
    let late = false;
    const take = next => late || setAnswer(next);
    read(id, row).then(
      data => take({ data }),
      error => take({ error }),
    );
    panel.current.focus();
    return () => {
      late = true;
    };
  }, []);
  const key = event => event.key === "Escape" && !event.target.closest("dialog") && close();
  return h(
    "aside",
    {
      class: "why",
      id: "why",
      ref: panel,
      tabindex: -1,
      role: "region",
      "aria-label": "Why?",
      onKeyDown: key,
      "data-connection": id,
    },
    h(Head, { close }),
    answer.error?.status === 404
      ? h(Failure, NOT_KEPT)
      : h(Loaded, { from: answer, what: "the connection" }, data => h(Story, { data, propose })),
  );
}
