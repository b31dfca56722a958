// A question to guess at. The answer comes from the kernel, once there is a guess or "Show me";
// then both are drawn side by side and the cells that give the answer unfold.
import { make, typeset, withNumbers } from "./parts.js";
import { control } from "./controls.js";
import { sketchPad, sketchBeside } from "./sketch.js";
import { folds } from "./folds.js";

const SILENT = 5000; // milliseconds until the page says that nobody answers
const GONE = "No answer from the kernel. Run this cell again.";

// ---- asking
const unset = (way, moved) => {
  const one = control(way, (at) => { one.node.classList.remove("unset"); moved(at); });
  one.set(way.start);
  one.node.classList.add("unset"); // where it stands is no guess yet
  const [output, input] = ["output", "input"].map((part) => one.node.querySelector(part));
  output.textContent = "?";
  input.setAttribute("aria-valuetext", "not set");
  input.addEventListener("click", () => input.dispatchEvent(new Event("input")));
  return one;
};

const ways = { slider: unset, choice: control, sketch: sketchPad };

// ---- guess and answer side by side
const mark = (place, kind, words) => {
  const node = make("span", { class: `mark ${kind}` }, make("i"), make("small", {}, words));
  node.style.left = `${100 * place}%`;
  return node;
};

const track = (way, { said, was }) => {
  const node = make("div", { class: "track", "aria-hidden": "true" },
    ...(said === null ? [] : [mark(said, "mine", "you")]), mark(was, "right", "it is"));
  if (way.tone) node.style.setProperty("--tone", `var(--lstm-${way.tone})`);
  return make("div", { class: "ends" }, make("span", {}, way.texts[0]), node, make("span", {}, way.texts.at(-1)));
};

const picked = (way, { said, was }) => make("ul", { class: "pills" }, ...way.texts.map((text, k) => {
  const mine = k === said, right = k === was;
  return make("li", { class: `pill ${mine ? "mine" : ""} ${right ? "right" : ""}` },
    ...(right ? ["✓ "] : []), ...typeset(text), ...(mine ? [make("small", {}, " you")] : []));
}));

const beside = (way, state) => {
  if (way.kind === "sketch") return sketchBeside(way, state.said, state.was, state.sentence);
  return (way.kind === "slider" ? track : picked)(way, state);
};

// ---- the card
export function mountGuess(el, { spec, state, send, canFold }) {
  let guess = null, timer = null;
  const body = make("div", { class: "answering" });
  const said = make("p", { class: "say", "aria-live": "polite" });
  const root = make("div", { class: "lstm-demo guess", role: "group", "aria-label": `Guess: ${spec.question}`, "data-lm-suppress-shortcuts": "true" },
    make("p", { class: "ask" }, make("b", {}, ...typeset(spec.question))), body, said);
  const say = (message) => {
    clearTimeout(timer);
    timer = setTimeout(() => { said.textContent = GONE; }, SILENT);
    try { send(message); } catch { said.textContent = GONE; }
  };
  const ask = () => {
    const done = make("button", { type: "button", class: "strong", disabled: true, onclick: () => say({ guess }) }, "That is my guess");
    const show = make("button", { type: "button", class: "plain", onclick: () => say({ show: true }) }, "Show me");
    const one = ways[spec.way.kind](spec.way, (at) => { guess = at; done.disabled = false; });
    body.replaceChildren(one.node, make("div", { class: "buttons" }, done, show));
    said.textContent = canFold ? "What comes out stays folded until then." : "";
  };
  const answer = (fresh) => {
    clearTimeout(timer);
    body.replaceChildren(beside(spec.way, fresh));
    said.replaceChildren(...withNumbers(fresh.sentence));
  };
  const paint = (fresh) => (fresh.sentence ? answer(fresh) : ask());
  el.replaceChildren(root);
  paint(state);
  return { paint, end: () => clearTimeout(timer) };
}

export default {
  // also where the card is out of sight, which JupyterLab then does not draw
  initialize({ model }) {
    const cells = folds(model, model.get("spec").name);
    const obey = () => cells.set(!model.get("state").sentence);
    obey();
    model.on("change:state", obey);
    model.send({ hello: true });
    return () => model.off("change:state", obey);
  },
  render({ model, el }) {
    const spec = model.get("spec");
    const card = mountGuess(el, { spec, state: model.get("state"), send: (message) => model.send(message), canFold: folds(model, spec.name).found() });
    const changed = () => card.paint(model.get("state"));
    model.on("change:state", changed);
    return () => { card.end(); model.off("change:state", changed); };
  },
};
