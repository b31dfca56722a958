// A cell reads a sentence and stops before the verb. `asks` has no read-out in it, `tells` has.
// Where the page itself asks, `picked` hears which verb it was; else all that there is is shown.
import { calm, make, withNumbers } from "./parts.js";
import { player } from "./play.js";
import { diagram } from "./diagram.js";

const PACE = 900; // milliseconds for a word that plays
const ANSWER = "Choose one. Then the cell reads the sentence again, and you see what it carries to the verb.";
const STEP = "Step back through the words. Each number is what a wire of the cell carries at that word.";

export function mountReading(el, { words, question, wires, asks, tells }, picked = null) {
  const state = { t: asks.steps.length - 1, open: Boolean(tells && !picked), said: null, reached: 0 };
  const last = asks.steps.length - 1;
  const part = () => (state.open ? tells : asks);

  // ---- parts
  const button = (text, onclick, attributes = {}) => make("button", { type: "button", onclick, ...attributes }, text);
  const line = make("ol", { class: "words", "aria-label": "Words of the sentence" });
  const figure = make("div", { class: "figure" });
  const said = make("p", { class: "say", "aria-live": "polite" }, picked ? ANSWER : STEP);
  const back = button("← Back", () => { stop(); go(state.t - 1); });
  const next = button("Step →", () => { stop(); go(state.t + 1); });
  const play = player({ step: () => go(state.t >= last ? 0 : state.t + 1), ended: () => state.t >= last, pace: PACE, changed: () => paint() });
  const { stop } = play;
  const verbs = ["was", "were"].map((verb) => button(verb, () => answer(verb), { class: "strong" }));
  const choice = make("div", { class: "buttons choice", role: "group", "aria-label": question }, ...verbs);
  let drawn;

  // ---- painting
  const band = (c) => make("span", { class: `memory ${c > 0 ? "plus" : "minus"}`, style: `--size: ${16 * Math.min(Math.abs(c), 1)}px` });
  const wordNode = ({ word, units: [{ c, wires: { c_t: { text } } }] }, k) => {
    const inside = [make("span", { class: "word" }, word)];
    const seen = state.open && k <= state.reached;
    if (seen) inside.push(band(c), make("span", { class: "c" }, text));
    return make("li", {}, make("button", {
      type: "button", onclick: () => { stop(); go(k); }, tabindex: k === state.t ? 0 : -1,
      "aria-current": k === state.t ? "step" : null, "aria-label": seen ? `${word}: memory ${text}` : word,
    }, ...inside));
  };
  const gap = () => {
    const known = state.open && state.reached === last;
    return make("li", { class: `gap ${known ? "known" : ""}` }, make("span", { class: "word" }, known ? tells.verb : "…"),
      ...(known ? [band(tells.steps[last].units[0].c)] : []));
  };
  const paintLine = () => {
    const held = line.contains(document.activeElement);
    const the = make("li", { class: "the" }, make("span", { class: "word" }, words.split(" ")[0]),
      ...(state.open ? [make("span", { class: "c" }, "memory")] : []));
    line.replaceChildren(the, ...part().steps.map(wordNode), gap());
    if (held) line.querySelector('[aria-current="step"]').focus();
  };
  const paint = () => {
    state.reached = Math.max(state.reached, state.t);
    paintLine();
    drawn.show(part().steps[state.t], 0, []);
    back.disabled = state.t === 0;
    next.disabled = state.t === last;
    if (state.open && state.reached === last) tell();
  };
  const tell = () => {
    const first = state.said && (state.said === tells.verb ? `You said ${state.said}, and so does the cell. ` : `You said ${state.said}. `);
    const text = (first || "") + tells.says;
    if (said.textContent !== text) said.replaceChildren(...withNumbers(text));
  };
  const draw = () => {
    drawn = diagram(figure, part().still, { names: wires, light: (name) => drawn?.lit(name), cut: null });
    drawn.lit("c_t");
  };

  // ---- moving about
  const go = (to) => { state.t = Math.max(0, Math.min(to, last)); paint(); };
  const answer = (verb) => {
    stop();
    Object.assign(state, { open: true, said: verb, t: last, reached: -1 });
    verbs.forEach((one) => one.setAttribute("aria-pressed", one.textContent === verb));
    said.textContent = `You said ${verb}. Watch the memory on its way to the verb.`;
    draw();
    if (calm.matches) paint();
    else play.button.click(); // from the first word: the memory is seen on its way
    picked(verb);
  };

  const root = make("div", { class: "lstm-demo lstm-reading", role: "group", "aria-label": question, "data-lm-suppress-shortcuts": "true" });
  root.addEventListener("keydown", (event) => {
    const to = { ArrowLeft: state.t - 1, ArrowRight: state.t + 1, Home: 0, End: last }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (to !== undefined) { stop(); go(to); }
    else if (!drawn.key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  root.append(
    make("p", { class: "ask" }, make("i", {}, words), " ", make("b", {}, question.slice(words.length + 1))),
    make("div", { class: "read" },
      make("div", { class: "top" }, line, ...(picked ? [choice] : []), make("div", { class: "buttons steps" }, back, next, play.button)),
      said, figure));
  el.replaceChildren(root);
  draw();
  state.reached = last;
  paint();
  return { end: play.end, begin: () => { if (!calm.matches) play.button.click(); } };
}

export default { render: ({ model, el }) => mountReading(el, model.get("data")).end };
