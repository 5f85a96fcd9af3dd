import { patch, post } from "./api.js";
import { bare, label } from "./rule-model.js";
import { toast } from "./store.js";
import { counted } from "./text.js";

export const editable = rules => rules.filter(rule => rule.editable);

/** Does it, reads the rules again, and tells what went wrong. @returns whether it was done */
async function edit(work, reload) {
  let done = true;
  try {
    await work();
  } catch (error) {
    done = false;
    const text =
      error.status === 412
        ? "Somebody else changed this meanwhile. It has been read again; nothing was changed."
        : error.message;
    toast(text, { kind: "failed" });
  }
  await reload();
  return done;
}

/** @param generation of the rules that the person sees; the gateway refuses if they have changed meanwhile */
const batch = (operations, generation) => post("/rules:batch", { generation, operations });

export const enable = (rule, enabled, reload) =>
  edit(() => patch(`/rules/${rule.id}`, { enabled }, rule.version), reload);

export const enableAll = ({ generation }, chosen, enabled, reload) =>
  edit(() => batch(chosen.map(({ id }) => ({ op: "patch", id, rule: { enabled } })), generation), reload);

/** Where a rule may go, each as the id of the rule that it is put before; undefined for the end. */
export function places(rules, rule) {
  const ids = editable(rules).map(each => each.id);
  const at = ids.indexOf(rule.id);
  return { at, last: ids.length - 1, top: ids[0], up: ids[at - 1], down: ids[at + 2], bottom: undefined };
}

export const move = (rule, before, reload) => edit(() => post("/rules:move", { id: rule.id, before }), reload);

/** Moves rules in their order before the first of the others, or behind the last. */
export function moveAll({ rules, generation }, chosen, toTop, reload) {
  const rest = editable(rules).filter(rule => !chosen.includes(rule));
  const before = toTop ? rest[0]?.id : undefined;
  return edit(() => batch(chosen.map(({ id }) => ({ op: "move", id, before })), generation), reload);
}

/** The operations that put rules back before those that they stood before. */
function undoing(rules, gone) {
  const order = editable(rules);
  const stays = rule => !gone.includes(rule);
  return gone.map(rule => ({ op: "add", rule: bare(rule), before: order.slice(order.indexOf(rule)).find(stays)?.id }));
}

export function deleteAll({ rules, generation }, gone, reload) {
  const undo = () => edit(() => batch(undoing(rules, gone)), reload);
  const text =
    gone.length === 1 ? `Rule ${label(gone[0])} is deleted.` : `${counted(gone.length, "rule")} are deleted.`;
  const work = async () => {
    await batch(
      gone.map(({ id }) => ({ op: "remove", id })),
      generation,
    );
    toast(text, { action: { label: "Undo", run: undo } });
  };
  return edit(work, reload);
}
