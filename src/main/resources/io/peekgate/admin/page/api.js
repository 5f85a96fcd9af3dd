import { update } from "./store.js";

const BASE = "/api/v1";

/** A problem+json of the gateway, or that it could not be reached (status 0). */
class Problem extends Error {
  constructor(status, title, detail) {
    super(detail || title);
    Object.assign(this, { status, title, detail });
  }
}

const UNREACHABLE = "The gateway's admin address does not answer. It may be restarting; this page goes on trying.";

async function exchange(method, path, init) {
  try {
    const answer = await fetch(BASE + path, { method, credentials: "same-origin", ...init });
    update({ reachable: true });
    return answer;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    update({ reachable: false });
    throw new Problem(0, "Not reachable", UNREACHABLE);
  }
}

async function read(answer) {
  const text = await answer.text();
  return answer.headers.get("Content-Type")?.includes("json") && text ? JSON.parse(text) : text;
}

async function request(method, path, { body, version, signal } = {}) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = typeof body === "string" ? "text/plain" : "application/json";
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  const sent = typeof body === "object" ? JSON.stringify(body) : body;
  const answer = await exchange(method, path, { headers, body: sent, signal });
  const data = await read(answer);
  if (answer.ok || data.results) return data;
  if (answer.status === 401) update({ session: "out" });
  throw new Problem(answer.status, data.title ?? `HTTP ${answer.status}`, data.detail ?? "");
}

export const get = (path, options) => request("GET", path, options);
export const post = (path, body, options) => request("POST", path, { ...options, body });
export const put = (path, body) => request("PUT", path, { body });
export const patch = (path, body, version) => request("PATCH", path, { body, version });
export const remove = path => request("DELETE", path);

/** A query string of those values that are not empty. */
export function query(values) {
  const filled = Object.entries(values).filter(([, value]) => value !== undefined && value !== "" && value !== false);
  return filled.length ? `?${new URLSearchParams(filled)}` : "";
}

export const link = path => BASE + path;
