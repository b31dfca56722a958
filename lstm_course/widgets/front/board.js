// The wire board: drag from box to box, or choose one box and then another. It needs no kernel.
import { make } from "./parts.js";

const SVG = "http://www.w3.org/2000/svg";
const NEAR = 5; // pixels that a pointer may move and still choose a box

export function mount(el, { question, still, wires = [], changed = () => {} }) {
  let from = null, drag = null, drawn = wires.map((pair) => [...pair]);
  const figure = make("div", { class: "figure" });
  figure.innerHTML = still;
  const drawing = figure.querySelector("svg"), pull = drawing.querySelector(".pull"), layer = drawing.querySelector(".drawn");
  const ports = [...drawing.querySelectorAll(".port")];
  const named = (name) => ports.find((port) => port.dataset.port === name);
  const place = ({ dataset: { x, y, w, h } }) => ({ x: +x, y: +y, w: +w, h: +h });

  // ---- parts
  const button = (text, onclick) => make("button", { type: "button", class: "plain", onclick }, text);
  const said = make("p", { class: "say", "aria-live": "polite" });
  const list = make("ul", { class: "wires", "aria-label": "Wires, each can be taken away" });
  const text = make("textarea", { readonly: "", spellcheck: "false", "aria-label": "The wires as Python, for your answer" });
  const copy = button("Copy", async () => {
    text.select();
    try { await navigator.clipboard.writeText(text.value); say("Copied. Paste it into the answer cell."); }
    catch { say("The text is selected: copy it with Ctrl + C."); }
  });
  const undo = button("Undo", () => { const last = drawn.pop(); paint(); say(last ? `Taken away: ${last.join(" → ")}.` : ""); });
  const clear = button("Clear", () => { drawn = []; choose(null); paint(); say("No wires."); });
  const say = (line) => { said.textContent = line; };

  // ---- wires
  const same = (one, other) => one[0] === other[0] && one[1] === other[1];
  const connect = (start, end) => {
    choose(null);
    if (start === end) return say("A wire goes from one box to another.");
    if (drawn.some((pair) => same(pair, [start, end]))) return say(`${start} → ${end} is there already.`);
    drawn.push([start, end]);
    paint();
    say(`${start} → ${end}. Wires: ${drawn.length}.`);
  };
  const remove = (pair) => {
    const at = drawn.findIndex((one) => same(one, pair));
    drawn.splice(at, 1);
    paint();
    (list.querySelectorAll("button")[Math.min(at, drawn.length - 1)] ?? ports[0]).focus();
    say(`Taken away: ${pair.join(" → ")}.`);
  };
  const choose = (name) => {
    from = name;
    for (const port of ports) {
      port.classList.toggle("lit", port.dataset.port === name);
      port.setAttribute("aria-pressed", port.dataset.port === name);
    }
    if (name) say(`From ${name} to … choose another box.`);
  };
  const pick = (name) => { if (from === null) choose(name); else if (from === name) { choose(null); say(""); } else connect(from, name); };

  // ---- painting
  // where a line between a box and another point begins: at the side of a wide box that stands
  // clear of the point, else on the way to its middle
  const edge = ({ x, y, w, h }, to, gap) => {
    const beside = Math.abs(to.x - x) - w / 2;
    if (w > 40 && beside > 15) return { x: x + Math.sign(to.x - x) * (w / 2 + gap), y };
    const dx = to.x - x, dy = to.y - y, far = Math.hypot(dx, dy) || 1;
    const out = Math.min(w / 2 / Math.abs(dx / far), h / 2 / Math.abs(dy / far)) + gap;
    return { x: x + (dx / far) * out, y: y + (dy / far) * out };
  };
  const part = (name, attributes) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };
  const arrow = ([start, end]) => {
    const a = place(named(start)), b = place(named(end));
    const tail = edge(a, b, 1), head = edge(b, a, 3), turn = (Math.atan2(head.y - tail.y, head.x - tail.x) * 180) / Math.PI;
    const wire = part("g", { class: "wire row" });
    wire.append(
      part("path", { class: "line", d: `M${tail.x} ${tail.y}L${head.x} ${head.y}`, "stroke-width": 2.4, fill: "none" }),
      part("path", { class: "head", d: "M2 0L-9 -6V6Z", transform: `translate(${head.x} ${head.y}) rotate(${turn})` }));
    return wire;
  };
  const asText = () => `wires = [\n${drawn.map(([start, end]) => `    ("${start}", "${end}"),\n`).join("")}]`;
  const paint = () => {
    layer.replaceChildren(...drawn.map(arrow));
    list.replaceChildren(...drawn.map((pair) => make("li", {},
      make("button", { type: "button", class: "pill", "aria-label": `Take away ${pair.join(" to ")}`, onclick: () => remove(pair) }, `${pair.join(" → ")}  ×`))));
    text.value = asText();
    text.rows = Math.min(Math.max(drawn.length + 2, 3), 8);
    undo.disabled = clear.disabled = !drawn.length;
    changed(drawn);
  };

  // ---- pointer and keys
  const under = ({ clientX, clientY }) => document.elementsFromPoint(clientX, clientY)
    .map((node) => node.closest?.(".port")).find((port) => ports.includes(port));
  const inside = ({ clientX, clientY }) => new DOMPoint(clientX, clientY).matrixTransform(drawing.getScreenCTM().inverse());
  for (const port of ports) {
    const name = port.dataset.port;
    port.setAttribute("role", "button");
    port.setAttribute("tabindex", 0);
    port.setAttribute("aria-pressed", false);
    port.setAttribute("aria-label", port.querySelector("title").textContent);
    port.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      port.setPointerCapture(event.pointerId);
      drag = { name, x: event.clientX, y: event.clientY, far: false };
    });
    port.addEventListener("pointermove", (event) => {
      if (!drag) return;
      drag.far ||= Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > NEAR;
      if (!drag.far) return;
      const { x, y } = inside(event), tail = edge(place(port), { x, y }, 1);
      pull.setAttribute("d", `M${tail.x} ${tail.y}L${x} ${y}`);
    });
    port.addEventListener("pointerup", (event) => {
      if (!drag) return;
      const { far } = drag, end = under(event)?.dataset.port;
      stopDrag();
      if (!far) pick(name);
      else if (end && end !== name) connect(name, end);
    });
    port.addEventListener("pointercancel", () => stopDrag());
  }
  const stopDrag = () => { drag = null; pull.removeAttribute("d"); };
  const walk = (port, by) => ports[(ports.indexOf(port) + by + ports.length) % ports.length].focus();
  drawing.addEventListener("keydown", (event) => {
    const port = event.target.closest(".port");
    if (!port || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" || event.key === " ") pick(port.dataset.port);
    else if (event.key === "Escape" && from) { choose(null); say(""); }
    else if (event.key === "ArrowDown" || event.key === "ArrowRight") walk(port, 1);
    else if (event.key === "ArrowUp" || event.key === "ArrowLeft") walk(port, -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  el.replaceChildren(make("div", { class: "lstm-demo lstm-board", role: "group", "aria-label": "Wire board", "data-lm-suppress-shortcuts": "true" },
    make("p", { class: "ask" }, make("b", {}, question), " ", make("span", {}, "Drag from box to box, or choose one and then another.")),
    make("div", { class: "all" }, figure, said, list,
      make("div", { class: "code" }, text, make("div", { class: "buttons" }, copy, undo, clear)))));
  paint();
}

export default {
  render({ model, el }) {
    const changed = (wires) => {
      try { model.set("wires", structuredClone(wires)); model.save_changes(); } catch { /* the page does without a kernel */ }
    };
    mount(el, { question: model.get("question"), still: model.get("still"), wires: model.get("wires"), changed });
  },
};
