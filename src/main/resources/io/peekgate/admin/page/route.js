export const SCREENS = ["overview", "rules", "connections", "explain", "config"];

/** The screen and its parameters: `#/connections?reason=no_sni`. */
export function current() {
  const [path, search = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const screen = SCREENS.includes(path) ? path : SCREENS[0];
  return { screen, params: Object.fromEntries(new URLSearchParams(search)) };
}

export function href(screen, params = {}) {
  const filled = Object.entries(params).filter(([, value]) => value);
  return `#/${screen}${filled.length ? `?${new URLSearchParams(filled)}` : ""}`;
}

/** Changes the address without a step in the history: for filters while they are typed. */
export function adjust(screen, params) {
  history.replaceState(null, "", href(screen, params));
  dispatchEvent(new HashChangeEvent("hashchange"));
}
