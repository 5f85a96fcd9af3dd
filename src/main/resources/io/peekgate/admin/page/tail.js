import { query } from "./api.js";
import { ConnectionRow, HEADS } from "./connection-row.js";
import { h, useEffect, useRef, useState } from "./dom.js";
import { useVisible } from "./resource.js";
import { follow, RATE, RETRY_MILLIS } from "./stream.js";
import { count } from "./text.js";
import { Empty, Failure, Heads, Loading, Notice } from "./ui.js";

const KEPT = 300;
const DRAW_MILLIS = 250;

/** Newest first, none twice. */
function merged(newer, older) {
  const ids = new Set(newer.map(row => row.id));
  return [...newer, ...older.filter(row => !ids.has(row.id))].slice(0, KEPT);
}

const STATES = {
  live: "live",
  lost: "connecting again…",
  refused: `not live, too many may look on; shown anew every ${RETRY_MILLIS / 1000} s`,
};

const START = { rows: undefined, waiting: [], skipped: 0, state: "live" };

/** What the log has of late and what comes. While it is paused, what comes waits. */
function useTail(filter, paused) {
  const [tail, setTail] = useState(START);
  const visible = useVisible();
  const arrived = useRef([]);
  const path = query(filter);
  const draw = () => {
    const rows = arrived.current.splice(0).reverse();
    if (rows.length) setTail(before => ({ ...before, waiting: merged(rows, before.waiting) }));
  };
  useEffect(() => setTail(START), [path]);
  useEffect(() => {
    if (!visible) return undefined;
    const stop = follow(filter, {
      recent: rows => setTail(before => ({ ...before, error: undefined, rows: merged(rows, before.rows ?? []) })),
      row: row => arrived.current.push(row),
      skipped: number => setTail(before => ({ ...before, skipped: before.skipped + number })),
      state: state => setTail(before => ({ ...before, state })),
      failed: error => setTail(before => ({ ...before, error })),
    });
    const timer = setInterval(draw, DRAW_MILLIS);
    return () => {
      stop();
      clearInterval(timer);
      arrived.current = [];
    };
  }, [path, visible]);
  useEffect(() => {
    if (!paused && tail.waiting.length) {
      setTail(before => ({ ...before, rows: merged(before.waiting, before.rows ?? []), waiting: [] }));
    }
  }, [paused, tail.waiting]);
  return tail;
}

function Controls({ paused, setPaused, tail }) {
  const waiting =
    paused &&
    tail.waiting.length > 0 &&
    `${count(tail.waiting.length)}${tail.waiting.length === KEPT ? " or more" : ""} came meanwhile`;
  return h(
    "div",
    { class: "toolbar tail-controls" },
    h(
      "button",
      {
        type: "button",
        id: "pause",
        class: "outline small",
        "aria-pressed": paused,
        onClick: () => setPaused(!paused),
      },
      paused ? "▶ Resume" : "❚❚ Pause",
    ),
    h(
      "span",
      { class: paused ? "dot paused" : tail.state === "live" ? "dot live" : "dot lost", id: "tail-state" },
      paused ? "paused" : STATES[tail.state],
    ),
    waiting && h("span", { class: "muted", id: "waiting" }, waiting),
    tail.skipped > 0 &&
      h(
        "span",
        { class: "muted", id: "skipped", title: `At most ${RATE} a second are shown; a filter shows the others` },
        `${count(tail.skipped)} not shown: more than ${RATE} a second`,
      ),
  );
}

function Rows({ tail, open, opened, filtered }) {
  if (tail.rows === undefined) return h(Loading, { what: "the recent connections" });
  if (!tail.rows.length) {
    const title = filtered ? "No recent connection fits the filters." : "No connection has come yet.";
    return h(Empty, { title }, h("p", null, "What comes appears here at once."));
  }
  return h(
    "table",
    { class: "cards connections", id: "tail" },
    h(Heads, { of: HEADS }),
    h(
      "tbody",
      null,
      tail.rows.map(row => h(ConnectionRow, { key: row.id, row, open, opened: row.id === opened })),
    ),
  );
}

export function Tail({ filter, open, opened }) {
  const [paused, setPaused] = useState(false);
  const tail = useTail(filter, paused);
  if (tail.error && !tail.rows)
    return h(Failure, { error: tail.error, title: "Could not read the recent connections" });
  return [
    h(Controls, { paused, setPaused, tail }),
    tail.error && h(Notice, { kind: "warn" }, tail.error.message),
    h(Rows, { tail, open, opened, filtered: Object.keys(filter).length > 0 }),
  ];
}
