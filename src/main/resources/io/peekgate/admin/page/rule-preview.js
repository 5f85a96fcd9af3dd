import { h } from "./dom.js";
import { counted } from "./text.js";
import { Badge, Failure, Muted, Wire } from "./ui.js";

const Names = ({ title, names, hook, kind }) =>
  names?.length > 0 &&
  h(
    "div",
    { class: "names", "data-preview": hook },
    h("span", { class: `names-title ${kind}` }, title),
    names.map(text => h(Wire, { key: text, text })),
  );

function Line({ result }) {
  if (!result.valid) {
    return h(
      "li",
      { "data-line": result.line },
      h("div", null, h(Badge, { word: "not valid", kind: "failed" }), " ", h(Wire, { text: result.text })),
      h("p", { class: "problem" }, h(Wire, { text: result.detail })),
    );
  }
  return h(
    "li",
    { "data-line": result.line },
    h(
      "div",
      null,
      h(Wire, { text: result.pattern }),
      result.shadowed_by &&
        h(
          "span",
          { class: "shadowed" },
          h(Badge, { word: "shadowed", kind: "warn" }),
          " rule ",
          h(Wire, { text: result.shadowed_by }),
          " decides before it",
        ),
    ),
    h(Names, { title: "✓ matches", names: result.matches, hook: "matches", kind: "pass" }),
    h(Names, { title: "✕ not", names: result.misses, hook: "misses", kind: "drop" }),
    result.seen?.length
      ? h(Names, {
          title: `seen lately (${result.seen.length === 20 ? "20 or more" : result.seen.length})`,
          names: result.seen,
          hook: "seen",
          kind: "",
        })
      : h(Muted, null, "matches no name of the recent connections"),
  );
}

/** What each line would match and what not, as the gateway's own matcher says. */
export function Preview({ results, error }) {
  const bad = results.filter(result => !result.valid).length;
  const summary = results.length
    ? `${counted(results.length - bad, "rule")}${bad ? `, ${counted(bad, "line")} not valid` : ""}`
    : "";
  return h(
    "section",
    { class: "preview", id: "preview", "aria-label": "Preview" },
    h("h3", null, "Preview ", h("small", { role: "status" }, summary)),
    results.length === 0 && !error && h("p", { class: "muted" }, "Type a pattern, and see here what it matches."),
    h(Failure, { error, title: "No preview" }),
    h(
      "ul",
      null,
      results.map(result => h(Line, { key: result.line, result })),
    ),
  );
}
