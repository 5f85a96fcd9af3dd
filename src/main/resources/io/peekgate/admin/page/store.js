// What outlives a screen. Everything else is a screen's own.
const watchers = new Set();
let nextToast = 1;

export const state = {
  session: "unknown",
  reachable: true,
  toasts: [],
  theme: localStorage.getItem("theme") ?? "auto",
};

/** @returns what ends it; the watcher is told of the present state at once */
export function watch(watcher) {
  watchers.add(watcher);
  watcher();
  return () => watchers.delete(watcher);
}

export function update(change) {
  if (Object.keys(change).some(key => state[key] !== change[key])) {
    Object.assign(state, change);
    watchers.forEach(watcher => watcher());
  }
}

const TOAST_MILLIS = 5_000;
const UNDO_MILLIS = 15_000;

/** @param action an optional {label, run} beside the text */
export function toast(text, { kind = "done", action } = {}) {
  const added = { id: nextToast++, text, kind, action };
  update({ toasts: [...state.toasts, added].slice(-3) });
  setTimeout(() => dismiss(added.id), action ? UNDO_MILLIS : TOAST_MILLIS);
}

export function dismiss(id) {
  if (state.toasts.some(each => each.id === id)) {
    update({ toasts: state.toasts.filter(each => each.id !== id) });
  }
}
