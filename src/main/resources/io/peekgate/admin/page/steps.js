import { h } from "./dom.js";
import { count, counted } from "./text.js";
import { Badge, Muted, Wire } from "./ui.js";

const DECIDES = ["matched", "regex_budget"];
const FEW = 8;
const MANY = 500;

/** Where a rule stands, without the folders before it. */
const fileOf = origin => origin.slice(origin.lastIndexOf("/") + 1);

function Step({ rule, origin, outcome, sentence }) {
  const decides = DECIDES.includes(outcome);
  return h(
    "li",
    { class: decides ? "step decides" : "step", "data-outcome": outcome },
    h("span", { class: "step-rule" }, h(Wire, { text: rule }), " ", h(Muted, null, h(Wire, { text: fileOf(origin), title: origin }))),
    h("span", { class: "step-outcome" }, sentence),
  );
}

const list = steps =>
  h(
    "ol",
    { class: "steps" },
    steps.map((step, index) => h(Step, { key: index, ...step })),
  );

function Passed({ steps }) {
  const shown = steps.slice(-MANY);
  if (steps.length <= FEW) return list(steps);
  const left = steps.length - shown.length;
  return h(
    "details",
    { class: "passed-over" },
    h("summary", null, `${counted(steps.length, "rule")} asked first; none matched`),
    left > 0 && h("p", { class: "muted" }, `The first ${count(left)} are left out here.`),
    list(shown),
  );
}

/** The rules as they were asked, and the one that decided. */
export function Steps({ of: { steps, reason } }) {
  const decider = steps.filter(step => DECIDES.includes(step.outcome));
  const others = steps.filter(step => !DECIDES.includes(step.outcome));
  if (!steps.length) return h("p", { class: "muted" }, "No rule was asked.");
  const nothing =
    !decider.length &&
    h(
      "p",
      { class: "step decides" },
      h("span", { class: "step-rule" }, "No rule matched"),
      h("span", { class: "step-outcome" }, h(Wire, { text: reason }), " decides"),
    );
  return h(
    "div",
    { "data-steps": steps.length },
    others.length > 0 && h(Passed, { steps: others }),
    list(decider),
    nothing,
  );
}

/** Term and value pairs, of which those without a value are left out. */
export function Pairs({ of }) {
  const there = of.filter(([, value]) => value !== undefined && value !== "" && value?.length !== 0);
  return h(
    "dl",
    { class: "pairs" },
    there.flatMap(([term, value]) => [
      h("dt", { key: term }, term),
      h(
        "dd",
        { key: `${term} value` },
        Array.isArray(value) ? value.map(text => h("div", { key: text }, h(Wire, { text }))) : h(Wire, { text: value }),
      ),
    ]),
  );
}

/** Whether it passes, and why, in the order in which somebody wants to know. */
export function Outcome({ of, sentence = of.sentence }) {
  return h(
    "div",
    { class: `outcome ${of.action}`, "data-action": of.action },
    h(
      "p",
      { class: "outcome-line" },
      h(Badge, { word: of.action }),
      h("span", { class: "mono" }, of.reason),
      of.would_drop && h(Badge, { word: "would drop", kind: "warn" }),
    ),
    h(
      "p",
      { class: "sentence" },
      h("b", null, sentence),
      of.detail && h("span", { class: "detail-line" }, " ", h(Wire, { text: of.detail })),
    ),
    of.advice && h("p", { class: "advice" }, h("span", { "aria-hidden": true }, "→ "), of.advice),
  );
}
