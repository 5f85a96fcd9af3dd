import { lines, words } from "./text.js";

// What the form holds for each key of a rule, and how that becomes the key's value. Keys that are not here are left alone.
const LIST = { show: value => [value ?? []].flat().join("\n"), read: lines };
const WORDS = { show: value => [value ?? []].flat().join(", "), read: words };
const PORTS = { show: WORDS.show, read: text => words(text).map(port => (/^\d+$/.test(port) ? Number(port) : port)) };
const TEXT = { show: value => value ?? "", read: text => text.trim() };
const FLAG = { show: value => value === true, read: flag => flag };

const FORM = {
  match: LIST,
  except: LIST,
  action: { ...TEXT, show: value => value ?? "passthrough" },
  reason: TEXT,
  name: TEXT,
  ports: PORTS,
  sources: WORDS,
  alpn: WORDS,
  listeners: WORDS,
  target: TEXT,
  "on-drop": TEXT,
  destination: TEXT,
  ech: TEXT,
  "allow-private": FLAG,
  enabled: { ...FLAG, show: value => value !== false },
};
const SHOWN = ["id", "version", "origin", "editable", "hits", "patterns"];

const empty = value => value === "" || value === false || (Array.isArray(value) && value.length === 0);

export const toForm = rule => Object.fromEntries(Object.keys(FORM).map(key => [key, FORM[key].show(rule[key])]));

const value = (form, key) => {
  const read = FORM[key].read(form[key]);
  return empty(read) && key !== "enabled" ? null : read;
};

const touched = (rule, form) => Object.keys(FORM).filter(key => FORM[key].show(rule[key]) !== form[key]);

/** The keys that the form has changed; null for those that are to go. */
export const toPatch = (rule, form) => Object.fromEntries(touched(rule, form).map(key => [key, value(form, key)]));

/** What was typed, over what a rule has become meanwhile. */
export function rebased(rule, form, fresh) {
  const typed = Object.fromEntries(touched(rule, form).map(key => [key, form[key]]));
  return { ...toForm(fresh), ...typed };
}

/** The keys in which two versions of a rule differ. */
export const differing = (before, after) =>
  Object.keys(FORM).filter(key => FORM[key].show(before[key]) !== FORM[key].show(after[key]));

/** The rule as the configuration has it, without what the API shows beside it. */
export const bare = rule => Object.fromEntries(Object.entries(rule).filter(([key]) => !SHOWN.includes(key)));

export const label = rule => rule.name ?? [rule.match ?? rule["match-file"] ?? rule.id].flat()[0];

/** To what a rule is limited, as [key, text]. */
export function scope(rule) {
  const keys = ["ports", "sources", "alpn", "listeners"];
  return keys.filter(key => rule[key]).map(key => [key, [rule[key]].flat().join(", ")]);
}

/** What a rule does besides its action, as [key, text]. */
export function manner(rule) {
  const keys = ["target", "destination", "on-drop", "ech"].filter(key => rule[key]);
  const shown = keys.map(key => [key, rule[key]]);
  return rule["allow-private"] ? [...shown, ["allow-private", "yes"]] : shown;
}

export function found(rule, search) {
  const text = [rule.id, rule.origin, ...Object.values(bare(rule))].flat().join("\n").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}
