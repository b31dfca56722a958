// The cell explorer. `mount` needs only frames and an SVG; with no `ask` it works without a
// kernel: stepping, units and equations, but no new sentence and no gate set by hand.

const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  // else JupyterLab and Jupyter Notebook go to the next cell at an arrow key
  if (["button", "input"].includes(tag)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
};

// h_{t-1} with a real subscript
const typeset = (node, text) => {
  node.replaceChildren();
  for (const part of text.split(/(_\{[^}]*\}|_\w)/)) {
    const sub = /^_\{?([^}]*)\}?$/.exec(part);
    node.append(sub ? make("sub", {}, sub[1].replace("-", "−")) : part);
  }
};

// Whoever asks the system for less motion steps by hand: nothing plays by itself
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const KEYS = "Keys: ← → step, 1–7 light an equation, ↑ ↓ walk along the wires.";
const CALM = " Your system asks for less motion, so there is no Play: use Step.";

export function mount(el, frames, svg, { ask, t = 0, unit = 0, pace = 1300 } = {}) {
  const state = { frames, t, unit, lit: "c_t", overrides: new Map(), timer: null };
  const key = (gate) => `${state.t}|${gate}|${state.unit}`;
  const step = () => state.frames.steps[state.t];
  const shown = () => step().units[state.unit];

  // ---- parts
  const words = make("ol", { class: "words", "aria-label": "Words of the sentence" });
  const button = (text, onclick, attributes = {}) =>
    make("button", { type: "button", onclick, ...attributes }, text);
  const back = button("← Back", () => go(state.t - 1));
  const next = button("Step →", () => go(state.t + 1));
  const play = button("Play", () => (state.timer ? stop() : start()), { "aria-pressed": "false" });
  const reset = button("Reset", () => restart());
  const units = frames.units.map((name, k) =>
    button(`Unit ${k + 1}: ${name}`, () => { state.unit = k; paint(); }));
  const panel = make("div", { class: "equation" },
    make("div", { class: "formula" }), make("div", { class: "numbers" }));
  const said = make("p", { class: "said", "aria-live": "polite" });
  const verdict = make("p", { class: "verdict" });
  const message = make("p", { class: "message", role: "alert" });
  const keys = make("p", { class: "keys" });
  const figure = make("div", { class: "figure" });
  figure.innerHTML = svg;
  const drawing = figure.querySelector("svg");
  drawing.setAttribute("role", "group");
  const wires = [...drawing.querySelectorAll(".wire")];

  // ---- gates set by hand
  const gates = Object.entries(frames.gates).map(([gate, name]) => {
    const label = make("span", { class: `gate-name ${gate}` });
    typeset(label, gate);
    const check = make("input", { type: "checkbox", "aria-label": `${name}: set by you` });
    const slider = make("input", {
      type: "range", min: 0, max: 1, step: 0.01, "aria-label": `${name} of this unit at this word`,
    });
    const value = make("output");
    const by = make("span", { class: "by" });
    slider.addEventListener("input", () => override(gate, +slider.value));
    check.addEventListener("change", () => override(gate, check.checked ? +slider.value : null));
    const row = make("div", { class: "gate" }, label, make("span", { class: "long" }, name),
      slider, value, make("label", {}, check, by));
    return { gate, row, slider, value, check, by };
  });
  const override = (gate, value) => {
    if (value === null) state.overrides.delete(key(gate));
    else state.overrides.set(key(gate), value);
    request(state.frames.sentence);
  };
  const request = (sentence, set = state.overrides) => {
    const overrides = [...set].map(([where, value]) => {
      const [word, gate, u] = where.split("|");
      return [+word, gate, +u, value];
    });
    ask?.({ sentence, overrides });
  };

  // ---- another sentence
  const input = make("input", { type: "text", "aria-label": "Sentence to read", spellcheck: "false" });
  input.value = frames.sentence;
  const form = make("form", { class: "sentence" }, input, make("button", { type: "submit" }, "Read"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    stop();
    if (input.value === state.frames.sentence) state.overrides.clear();
    request(input.value, new Map());
  });

  // ---- moving about
  const go = (to) => {
    state.t = Math.max(0, Math.min(to, state.frames.steps.length - 1));
    paint();
  };
  const stop = () => {
    clearInterval(state.timer);
    state.timer = null;
    play.textContent = "Play";
    play.setAttribute("aria-pressed", "false");
  };
  const start = () => {
    if (state.t === state.frames.steps.length - 1) go(0);
    play.textContent = "Pause";
    play.setAttribute("aria-pressed", "true");
    state.timer = setInterval(() => {
      if (!el.isConnected || state.t >= state.frames.steps.length - 1) stop();
      else go(state.t + 1);
    }, pace);
  };
  const restart = () => {
    stop();
    Object.assign(state, { t, unit, lit: "c_t" });
    state.overrides.clear();
    message.textContent = "";
    input.value = frames.sentence;
    if (ask) request(frames.sentence);
    paint();
  };
  const light = (name) => { state.lit = name; paintLit(); };

  // ---- painting
  const paintWords = () => {
    const held = document.activeElement?.closest?.(".words") && words.contains(document.activeElement);
    words.replaceChildren();
    if (/^\s*the\s+\S/i.test(state.frames.sentence))
      words.append(make("li", { class: "read" }, make("span", { title: "read before; its memory is where we start" }, "the")));
    state.frames.steps.forEach((frame, k) => {
      const { c, by_you } = frame.units[state.unit];
      const sign = Math.abs(c) < 0.005 ? "zero" : c > 0 ? "plus" : "minus";
      const size = Math.min(Math.abs(c), 1) * 20;
      const number = frame.units[state.unit].wires.c_t.text;
      const bar = make("span", { class: `memory ${sign}`, style: `--size:${size}px` });
      words.append(make("li", {}, make("button", {
        type: "button", onclick: () => go(k), tabindex: k === state.t ? 0 : -1,
        "aria-current": k === state.t ? "step" : undefined,
        "aria-label": `${frame.word}: memory ${number}${by_you.length ? ", gate set by you" : ""}`,
      }, make("span", { class: "word" }, frame.word), bar, make("span", { class: "c" }, number),
      make("span", { class: "you" }, by_you.length ? "by you" : ""))));
    });
    if (held) words.querySelector('[aria-current="step"]').focus();
  };
  const paintDrawing = () => {
    const { wires: readings, said: text } = shown();
    for (const wire of wires) {
      const name = wire.dataset.wire, reading = readings[name];
      wire.setAttribute("class", `wire ${reading.sign}`);
      wire.setAttribute("aria-label", `${reading.title}. ${reading.equation}: ${reading.numbers}`);
      wire.querySelector("title").textContent = reading.title;
      wire.querySelector(".line").setAttribute("stroke-width", reading.width);
      if (name !== "y_t" && name !== "z_t")
        drawing.querySelector(`[data-number="${name}"]`).textContent = reading.text;
    }
    step().z.forEach((text, k) => { drawing.querySelector(`[data-z="${k}"]`).textContent = text; });
    step().y.forEach(([p, text], k) => {
      const bar = drawing.querySelector(`[data-bar="${k}"]`), full = +bar.dataset.full;
      bar.setAttribute("x", bar.dataset.right - full * p);
      bar.setAttribute("width", full * p);
      drawing.querySelector(`[data-p="${k}"]`).textContent = text;
    });
    drawing.querySelector("[data-word]").textContent = step().word;
    drawing.setAttribute("aria-label", `LSTM block diagram, unit ${state.unit + 1}. ${text}`);
    drawing.querySelector("desc").textContent = text;
  };
  const paintLit = () => {
    const reading = shown().wires[state.lit];
    for (const wire of wires) {
      const lit = wire.dataset.wire === state.lit;
      wire.classList.toggle("lit", lit);
      wire.setAttribute("tabindex", lit ? 0 : -1);
    }
    for (const box of drawing.querySelectorAll(".box"))
      box.classList.toggle("lit", box.dataset.litBy.split(" ").includes(state.lit));
    typeset(panel.children[0], reading.equation);
    panel.children[1].textContent = reading.numbers;
  };
  const paintGates = () => {
    for (const { gate, slider, value, check, by, row } of gates) {
      const yours = state.overrides.has(key(gate));
      const v = yours ? state.overrides.get(key(gate)) : shown().gates[gate];
      if (document.activeElement !== slider || !yours) slider.value = v;
      value.textContent = v.toFixed(2);
      check.checked = yours;
      by.textContent = yours ? "set by you" : "set by the network";
      row.classList.toggle("yours", yours);
    }
  };
  const paint = () => {
    state.t = Math.min(state.t, state.frames.steps.length - 1);
    paintWords();
    paintDrawing();
    paintLit();
    paintGates();
    units.forEach((b, k) => b.setAttribute("aria-pressed", k === state.unit));
    play.hidden = calm.matches;
    keys.textContent = KEYS + (calm.matches ? CALM : "");
    back.disabled = state.t === 0;
    next.disabled = state.t === state.frames.steps.length - 1;
    said.textContent = shown().said;
    verdict.textContent = state.frames.verdict;
  };

  // ---- pointer and keys
  for (const wire of wires) {
    wire.setAttribute("role", "img");
    for (const event of ["pointerenter", "focus", "click"])
      wire.addEventListener(event, () => light(wire.dataset.wire));
  }
  for (const box of drawing.querySelectorAll(".box"))
    box.addEventListener("pointerenter", () => light(box.dataset.litBy.split(" ")[0]));
  const numbered = ["i_t", "f_t", "o_t", "c_tilde", "c_t", "h_t", "y_t"];
  const root = make("div", {
    class: "lstm-explorer lstm-theme", role: "group", "aria-label": "Cell explorer",
    "data-lm-suppress-shortcuts": "true",
  });
  root.addEventListener("keydown", (event) => {
    const target = event.target, wire = target.closest(".wire");
    if (target === input) {
      event.stopPropagation();
      if (event.key === "Enter") { // JupyterLab takes Enter for itself
        event.preventDefault();
        form.requestSubmit();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = target.matches("input[type=range]");
    const move = { ArrowLeft: state.t - 1, ArrowRight: state.t + 1, Home: 0, End: Infinity }[event.key];
    if (!typing && move !== undefined) go(move);
    else if (wire && /^Arrow(Up|Down)$/.test(event.key)) {
      const to = wires.indexOf(wire) + (event.key === "ArrowDown" ? 1 : -1);
      wires[(to + wires.length) % wires.length].focus();
    } else if (/^[1-7]$/.test(event.key)) light(numbered[event.key - 1]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const obey = () => {
    if (!root.isConnected) return calm.removeEventListener("change", obey);
    if (calm.matches) stop();
    paint();
  };
  calm.addEventListener("change", obey);

  root.append(
    make("div", { class: "bar" }, back, next, play, reset),
    make("div", { class: "bar", role: "group", "aria-label": "Unit" }, ...units),
    words, verdict, figure, panel,
    ...(ask ? [make("fieldset", { class: "gates" }, make("legend", {}, "Gates of this unit at this word"), ...gates.map((g) => g.row)),
      form, message] : []),
    keys, said);
  el.replaceChildren(root);
  paint();
  return {
    update(fresh) {
      if (fresh.sentence !== state.frames.sentence) {
        state.overrides.clear();
        state.t = 0;
      }
      state.frames = fresh;
      paint();
    },
    say(text) { message.textContent = text; },
    stop,
  };
}

export default {
  render({ model, el }) {
    const view = mount(el, model.get("frames"), model.get("svg"), {
      t: model.get("t"),
      unit: model.get("unit"),
      ask: (question) => { model.set("question", question); model.save_changes(); },
    });
    const fresh = () => view.update(model.get("frames"));
    const say = () => view.say(model.get("message"));
    model.on("change:frames", fresh);
    model.on("change:message", say);
    return () => { view.stop(); model.off("change:frames", fresh); model.off("change:message", say); };
  },
};
