// A curve to draw by dragging, one height for each place; heights are shares from 0 to 1.
import { make } from "./parts.js";

const WIDTH = 560, HEIGHT = 210, LEFT = 40, RIGHT = 64, TOP = 14, BOTTOM = 34;
const STEP = 0.05; // of an arrow key
const across = (spec, k) => {
  const [first, last] = [spec.xs[0], spec.xs.at(-1)];
  return LEFT + ((spec.xs[k] - first) / (last - first)) * (WIDTH - LEFT - RIGHT);
};
const down = (share) => TOP + (1 - share) * (HEIGHT - TOP - BOTTOM);
const clamped = (share) => Math.min(1, Math.max(0, share));
const short = (number) => String(+number.toPrecision(3)).replace("-", "−");

const axes = (spec) => {
  const tick = (k) => `<text x="${across(spec, k)}" y="${HEIGHT - 18}" text-anchor="middle">${short(spec.xs[k])}</text>`;
  const level = (share, value) => `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${down(share)}" y2="${down(share)}"/>`
    + `<text x="${LEFT - 7}" y="${down(share) + 4}" text-anchor="end">${short(value)}</text>`;
  return level(0, spec.low) + level(0.5, (spec.low + spec.high) / 2) + level(1, spec.high) + spec.xs.map((_, k) => tick(k)).join("")
    + `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 3}" text-anchor="middle">${spec.xlabel}</text>`;
};
const curve = (spec, heights, kind) => {
  const points = heights.map((share, k) => `${across(spec, k).toFixed(1)},${down(share).toFixed(1)}`).join(" ");
  return `<polyline class="${kind}" points="${points}"/>`;
};
const called = (heights, words, dy) => `<text x="${WIDTH - RIGHT + 8}" y="${down(heights.at(-1)) + dy}">${words}</text>`;

const sheet = (spec, label) => {
  const node = make("div", { class: "sheet" });
  node.style.setProperty("--tone", `var(--lstm-${spec.tone})`);
  node.innerHTML = `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}"><g class="frame">${axes(spec)}</g><g class="drawn"></g></svg>`;
  return node;
};

export const sketchPad = (spec, moved) => {
  const node = sheet(spec, `${spec.label} over ${spec.xlabel}, as you sketch it`);
  const heights = spec.xs.map(() => 0.5);
  const drawn = node.querySelector(".drawn");
  const inputs = spec.xs.map((x, k) => make("input", {
    type: "range", min: 0, max: 1, step: STEP, "aria-label": `${spec.label} at ${spec.xlabel} ${short(x)}`,
    oninput: (event) => set(k, +event.target.value),
  }));
  const paint = () => {
    drawn.innerHTML = curve(spec, heights, "mine") + heights.map((share, k) => `<circle cx="${across(spec, k)}" cy="${down(share)}" r="6"/>`).join("");
    inputs.forEach((input, k) => {
      input.value = heights[k];
      input.style.left = `${(100 * across(spec, k)) / WIDTH}%`;
      input.style.top = `${(100 * down(heights[k])) / HEIGHT}%`;
      input.setAttribute("aria-valuetext", short(spec.low + (spec.high - spec.low) * heights[k]));
    });
  };
  const set = (k, share) => {
    heights[k] = clamped(share);
    paint();
    moved([...heights]);
  };
  const draw = (event) => {
    const box = node.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * WIDTH, y = ((event.clientY - box.top) / box.height) * HEIGHT;
    const away = spec.xs.map((_, k) => Math.abs(across(spec, k) - x));
    set(away.indexOf(Math.min(...away)), 1 - (y - TOP) / (HEIGHT - TOP - BOTTOM));
  };
  node.addEventListener("pointerdown", (event) => { event.preventDefault(); node.setPointerCapture(event.pointerId); draw(event); });
  node.addEventListener("pointermove", (event) => { if (node.hasPointerCapture(event.pointerId)) draw(event); });
  node.append(...inputs);
  paint();
  return { node };
};

export const sketchBeside = (spec, said, was, words) => {
  const node = sheet(spec, words);
  const close = said && Math.abs(down(said.at(-1)) - down(was.at(-1))) < 16;
  const lower = close && said.at(-1) < was.at(-1) ? 16 : close ? -10 : 4;
  node.querySelector(".drawn").innerHTML = curve(spec, was, "right") + called(was, "it is", 4)
    + (said ? curve(spec, said, "mine") + called(said, "you", lower) : "");
  return node;
};
