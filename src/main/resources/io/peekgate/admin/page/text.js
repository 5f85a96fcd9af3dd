// What a client sends can hide or reorder text: such characters are shown as escapes, so that what is read is what came.
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

const escaped = character => {
  const hex = character.codePointAt(0).toString(16);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
};

/** One line of text that may come from the wire. */
export const visible = text => String(text ?? "").replace(UNSEEN, escaped);

/** The same for text whose line ends are the server's own. */
export const visibleLines = text =>
  String(text ?? "")
    .split("\n")
    .map(visible)
    .join("\n");

export const count = number => Number(number ?? 0).toLocaleString("en");

export const counted = (number, noun) => `${count(number)} ${number === 1 ? noun : `${noun}s`}`;

export function bytes(number) {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let value = Number(number ?? 0);
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

export function millis(number) {
  if (number === undefined) return "–";
  if (number < 10) return `${number.toFixed(1)} ms`;
  return number < 1000 ? `${Math.round(number)} ms` : duration(number / 1000);
}

export function duration(seconds) {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.floor(seconds)} s`;
  const [days, hours, minutes] = [seconds / 86400, (seconds / 3600) % 24, (seconds / 60) % 60].map(Math.floor);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  const rest = Math.floor(seconds % 60);
  return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
}

export const clock = time => new Date(time).toLocaleTimeString("en-GB");

export const moment = time => `${new Date(time).toLocaleDateString("en-CA")} ${clock(time)}`;

/** The address alone of `10.0.0.7:5123` or `[2001:db8::1]:5123`. */
export const withoutPort = address => (address ?? "").replace(/:\d+$/, "").replace(/^\[|\]$/g, "");

/** `a.example:8443` in its two parts; an IPv6 address keeps its colons. */
export function nameAndPort(text) {
  const [, name, port] = /^(\[.*\]|[^:]*)(?::(\d+))?$/.exec(text.trim()) ?? [null, text.trim()];
  return { name, port: port && Number(port) };
}

/** The words of a list as people type it: by commas, blanks or lines. */
export const words = text => text.split(/[\s,]+/).filter(Boolean);

export const lines = text =>
  text
    .split("\n")
    .map(line => line.trim())
    .filter(Boolean);
