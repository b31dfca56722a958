// The cell explorer. `mount` works with a kernel behind it and without; only `ask`, which gets a
// sentence, gates set by hand and wires that are cut, differs. `able` says what it can answer.
import { calm, make, typeset, withNumbers } from "./parts.js";
import { live } from "./link.js";
import { player } from "./play.js";
import { VERSION, veiled } from "./veil.js";
import { diagram } from "./diagram.js";
import { TONES, gateRow } from "./gates.js";

const KEYS = "Keys: ← → step, 1–7 light an equation, ↑ ↓ walk along the wires, Enter cuts or mends.";
const CALM = " Your system asks for less motion, so there is no Play: use Step.";
const NUMBERED = ["i_t", "f_t", "o_t", "c_tilde", "c_t", "h_t", "y_t"];
const PACE = 1300; // milliseconds for a word that plays

export function mount(el, { spec, still, frame, ask, touched, able = spec.able }) {
  const start = spec.start;
  const state = { frame, at: structuredClone(frame.at), t: start.t, unit: start.unit, lit: start.lit };
  const last = () => state.frame.steps.length - 1;
  const step = () => state.frame.steps[state.t];
  const shown = () => step().units[state.unit];
  const send = () => { paint(); ask?.(state.at); };

  // ---- gates set by hand, wires cut
  const here = ([t, gate, unit], wanted) => t === state.t && gate === wanted && unit === state.unit;
  const setGate = (gate, value) => {
    stop();
    const others = state.at.overrides.filter((one) => !here(one, gate));
    state.at.overrides = value === null ? others : [...others, [state.t, gate, state.unit, value]];
    send();
  };
  const always = start.overrides; // what is set at every word: its t is null
  const byWeights = () => !state.at.overrides.some(([t]) => t === null);
  const switchWeights = () => {
    stop();
    state.at.overrides = byWeights() ? structuredClone(always) : [];
    send();
  };
  const cut = (pair) => {
    const others = state.at.cut.filter((one) => one.join() !== pair.join());
    const mend = others.length < state.at.cut.length;
    state.at.cut = mend ? others : [...others, pair].slice(-able.cuts);
    send();
  };

  // ---- parts
  const button = (text, onclick, attributes = {}) => make("button", { type: "button", onclick, ...attributes }, text);
  const words = make("ol", { class: "words", "aria-label": "Words of the sentence" });
  const after = make("span", { class: "label" });
  const verbs = ["was", "were"].map((verb) => {
    const bar = make("i"), p = make("output");
    return { verb, bar, p, node: make("div", { class: "verb" }, make("b", {}, verb), make("span", { class: "track" }, bar), p) };
  });
  const back = button("← Back", () => { stop(); go(state.t - 1); });
  const next = button("Step →", () => { stop(); go(state.t + 1); }, { class: "strong" });
  const play = player({
    step: () => go(state.t >= last() ? 0 : state.t + 1), ended: () => state.t >= last(), pace: PACE, changed: () => paint(),
  });
  const { stop } = play;
  const reset = button("Reset", () => restart(), { class: "plain" });
  const weights = always.length ? [button("By its weights", switchWeights)] : [];
  const units = spec.units.map((name, k) =>
    button(`Unit ${k + 1}: ${name}`, () => { state.unit = k; paint(); }, { class: "pill" }));
  const gates = able.gates ? Object.entries(spec.gates).map(([gate, name]) => [gate, gateRow(gate, name, setGate, able.places && 1)]) : [];
  const input = make("input", { type: "text", "aria-label": "Sentence to read", spellcheck: "false" });
  const form = make("form", { class: "sentence" }, input, make("button", { type: "submit" }, "Read"));
  const figure = make("div", { class: "figure" });
  const formula = make("div", { class: "formula" }), numbers = make("div", { class: "numbers" });
  const verdict = make("p", { class: "say" });
  const said = make("p", { class: "heard", "aria-live": "polite" });
  const problem = make("p", { class: "problem", role: "alert" });
  const keys = make("p", { class: "keys" });
  const drawn = diagram(figure, still, { names: spec.wires, light: (name) => light(name), cut: able.cuts ? cut : null });

  // ---- moving about
  const go = (to) => { state.t = Math.max(0, Math.min(to, last())); paint(); };
  const light = (name) => { state.lit = name; paintLit(); };
  const restart = () => {
    stop();
    const { t, unit, lit, ...at } = structuredClone(start);
    Object.assign(state, { t, unit, at, lit });
    input.value = at.sentence;
    send();
  };
  const read = (sentence) => {
    stop();
    state.at = { ...state.at, sentence, overrides: state.at.overrides.filter(([t]) => t === null) };
    state.t = 0;
    send();
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); read(input.value); });

  // ---- painting
  const wordNode = ({ word, units: all }, k) => {
    const { c, by_you, wires } = all[state.unit];
    const sign = Math.abs(c) < 0.005 ? "zero" : c > 0 ? "plus" : "minus", number = wires.c_t.text;
    const now = spec.today in spec.gates ? [make("span", { class: "now", style: `--tone: var(--lstm-${TONES[spec.today]})` }, wires[spec.today].text.replace("+", ""))] : [];
    return make("li", {}, make("button", {
      type: "button", onclick: () => { stop(); go(k); }, tabindex: k === state.t ? 0 : -1,
      class: by_you.length ? "yours" : null, "aria-current": k === state.t ? "step" : null,
      "aria-label": `${word}: memory ${number}${by_you.length ? ", gate set by you" : ""}`,
    }, make("span", { class: "word" }, word),
    make("span", { class: `memory ${sign}`, style: `--size: ${16 * Math.min(Math.abs(c), 1)}px` }),
    make("span", { class: "c" }, number), ...now));
  };
  const paintWords = () => {
    const held = words.contains(document.activeElement);
    const first = /^\s*the\s+\S/i.test(state.frame.sentence)
      ? [make("li", { class: "read" }, make("span", { title: "read before; its memory is where we start" }, "the"))] : [];
    words.replaceChildren(...first, ...state.frame.steps.map(wordNode));
    if (held) words.querySelector('[aria-current="step"]').focus();
  };
  const paintVerb = () => {
    const { after: word, p, prefers } = state.frame.verb;
    after.replaceChildren("after ", make("b", {}, word), prefers === "neither" ? ": cannot tell" : ": expects");
    verbs.forEach(({ verb, bar, p: number, node }, k) => {
      bar.style.width = `${100 * p[k]}%`;
      number.textContent = p[k].toFixed(2);
      node.classList.toggle("wins", verb === prefers);
    });
  };
  const paintLit = () => {
    const reading = shown().wires[state.lit];
    drawn.lit(state.lit);
    formula.replaceChildren(...typeset(spec.wires[state.lit].equation));
    numbers.textContent = reading.numbers;
  };
  const paintGates = () => {
    for (const [gate, row] of gates) {
      const yours = state.at.overrides.find((one) => here(one, gate));
      const fixed = Boolean(able.places) && !able.places.some((one) => here(one, gate));
      const alike = state.at.overrides.some(([t, of, unit]) => t === null && of === gate && unit === state.unit);
      row.show(yours ? yours[3] : shown().gates[gate], Boolean(yours), { fixed, alike });
    }
  };
  const paint = () => {
    state.t = Math.min(state.t, last());
    paintWords();
    paintVerb();
    drawn.show(step(), state.unit, state.at.cut);
    paintLit();
    paintGates();
    units.forEach((one, k) => one.setAttribute("aria-pressed", k === state.unit));
    back.disabled = state.t === 0;
    next.disabled = state.t === last();
    for (const one of weights) one.setAttribute("aria-pressed", byWeights());
    keys.textContent = (able.cuts ? KEYS : KEYS.replace(/, Enter.*/, ".")) + (calm.matches ? CALM : "");
    said.textContent = shown().said;
    verdict.replaceChildren(...withNumbers(state.frame.verdict));
  };

  // ---- keys
  const root = make("div", {
    class: "lstm-demo lstm-explorer", role: "group", "aria-label": spec.title, "data-lm-suppress-shortcuts": "true",
  });
  root.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (target === input) {
      event.stopPropagation();
      if (key === "Enter") { event.preventDefault(); form.requestSubmit(); } // JupyterLab takes Enter for itself
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = { ArrowLeft: state.t - 1, ArrowRight: state.t + 1, Home: 0, End: Infinity }[key];
    if (!target.matches("input") && to !== undefined) { stop(); go(to); }
    else if (/^[1-7]$/.test(key)) light(NUMBERED[key - 1]);
    else if (!drawn.key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });

  // ---- together
  const panel = make("div", { class: able.gates ? "panel" : "panel few" },
    make("div", { class: "expects" }, after, ...verbs.map((one) => one.node)),
    make("div", { class: "pills units", role: "group", "aria-label": "Unit" }, ...units),
    ...(able.gates ? [make("div", { class: "gates", role: "group", "aria-label": "Gates of this unit at this word" }, ...gates.map(([, row]) => row.node))] : []),
    make("div", { class: "buttons" }, back, next, play.button, ...weights, reset),
    ...(able.sentence ? [form] : []));
  const body = make("div", { class: "all" }, words,
    make("div", { class: "body" }, panel, make("div", { class: "looks" }, figure, make("div", { class: "equation" }, formula, numbers))),
    verdict, problem, keys, said);
  root.append(make("p", { class: "ask" }, make("b", {}, ...typeset(spec.question)), " ", make("span", {}, ...typeset(spec.hint))), body);
  const lower = veiled(root, body, stop, touched);
  el.replaceChildren(root);
  input.value = state.at.sentence;
  if (spec.version !== VERSION) lower("version");
  else paint();
  return {
    show: (fresh, adopt = true) => {
      state.frame = fresh;
      if (adopt) state.at = structuredClone(fresh.at);
      problem.textContent = fresh.problem ?? "";
      paint();
    },
    lower,
    end: play.end,
  };
}

export default live(mount);
