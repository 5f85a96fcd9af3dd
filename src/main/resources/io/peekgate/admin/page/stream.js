import { get, link, query } from "./api.js";

const RECENT = 100;

export const RETRY_MILLIS = 3000;
export const RATE = 20;

/** The events of the log's stream. */
function listen(filter, { row, skipped, state }) {
  const source = new EventSource(link(`/log/stream${query({ ...filter, rate: RATE })}`));
  source.addEventListener("connection", event => row(JSON.parse(event.data)));
  source.addEventListener("skipped", event => skipped(JSON.parse(event.data).count));
  source.addEventListener("open", () => state("live"));
  source.addEventListener("error", () => state(source.readyState === EventSource.CLOSED ? "refused" : "lost"));
  return source;
}

/** Tells of the recent connections that fit, then of each that comes, until the function that it returns is called. */
export function follow(filter, told) {
  let source;
  let retry;
  let over = false;
  const start = () => {
    source = listen(filter, told);
    // The browser connects again by itself where the network failed, but not where the gateway answered with an error.
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED && !over) retry = setTimeout(start, RETRY_MILLIS);
    });
    get(`/log${query({ ...filter, limit: RECENT })}`).then(
      answer => over || told.recent(answer.connections),
      error => over || told.failed(error),
    );
  };
  start();
  return () => {
    over = true;
    clearTimeout(retry);
    source.close();
  };
}
