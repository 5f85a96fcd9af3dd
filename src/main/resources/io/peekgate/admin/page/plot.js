import { h } from "./dom.js";

const WIDTH = 300;
const HEIGHT = 64;

const at = (index, length) => (length < 2 ? WIDTH : (index / (length - 1)) * WIDTH).toFixed(1);

/** The area between two rows of heights. */
function area(low, high) {
  const point = (value, index) => `${at(index, high.length)},${(HEIGHT - value).toFixed(1)}`;
  return `M${[...high.map(point), ...low.map(point).reverse()].join("L")}Z`;
}

/** Rows of values laid upon each other, as heights. */
function stacked(rows, top) {
  const bases = [rows[0].map(() => 0)];
  for (const row of rows) {
    const below = bases.at(-1);
    bases.push(row.map((value, index) => below[index] + (value / top) * (HEIGHT - 2)));
  }
  return bases;
}

const greatest = rows => Math.max(1, ...rows[0].map((_, index) => rows.reduce((sum, row) => sum + row[index], 0)));

/**
 * Series over the same time, laid upon each other.
 *
 * @param series of {kind, values}, from the bottom
 * @param label tells in words what is seen
 */
export function Plot({ series, label, format }) {
  const rows = series.map(each => each.values);
  if (!rows[0]?.length) return h("p", { class: "muted plot-none" }, "No samples yet.");
  const top = greatest(rows);
  const bases = stacked(rows, top);
  const shapes = series.map((each, index) =>
    h("path", { key: each.kind, class: `plot-${each.kind}`, d: area(bases[index], bases[index + 1]) }),
  );
  return h(
    "figure",
    { class: "plot" },
    h("span", { class: "plot-top" }, format(top)),
    h(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": label },
      shapes,
    ),
  );
}

/** A row of small bars, of which the newest is at the right. */
export function Bars({ values, kind }) {
  const top = Math.max(1, ...values);
  const bar = (value, index) => {
    const height = value === 0 ? 0 : Math.max(1.5, (value / top) * 20);
    return h("rect", { key: index, x: index * 4, y: 20 - height, width: 3, height });
  };
  return h(
    "svg",
    {
      class: `bars plot-${kind}`,
      viewBox: `0 0 ${values.length * 4} 20`,
      preserveAspectRatio: "none",
      "aria-hidden": true,
    },
    values.map(bar),
  );
}

/** Parts of a whole side by side. @param parts of {kind, value} */
export function Share({ parts, whole, label }) {
  let x = 0;
  const rects = parts.map(({ kind, value }) => {
    const width = whole > 0 ? (value / whole) * 100 : 0;
    const rect = h("rect", { key: kind, class: `plot-${kind}`, x, y: 0, width, height: 6 });
    x += width;
    return rect;
  });
  return h(
    "svg",
    { class: "share", viewBox: "0 0 100 6", preserveAspectRatio: "none", role: "img", "aria-label": label },
    rects,
  );
}

/** Neighbouring values added up, so that at most so many are left. */
export function gathered(values, most) {
  const size = Math.max(1, Math.ceil(values.length / most));
  const sums = [];
  for (let end = values.length; end > 0; end -= size) {
    sums.unshift(values.slice(Math.max(0, end - size), end).reduce((sum, value) => sum + value, 0));
  }
  return sums;
}

/** The colour of a series, beside its name. */
export const Swatch = ({ kind }) =>
  h(
    "svg",
    { viewBox: "0 0 8 8", "aria-hidden": true, class: `plot-${kind}` },
    h("rect", { width: 8, height: 8, rx: 2 }),
  );
