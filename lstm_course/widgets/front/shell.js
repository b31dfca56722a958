// The shell of every demo: question, controls, picture, sentence, veil. `mount` works with a
// kernel behind it and without; only `ask`, which gets positions, differs.
import { make, typeset, withNumbers } from "./parts.js";
import { control } from "./controls.js";
import { picture } from "./picture.js";
import { live } from "./link.js";
import { player } from "./play.js";
import { VERSION, veiled } from "./veil.js";

const NARROW = 430; // CSS pixels of the picture below which it is laid out anew

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export function mount(el, { spec, still, frame, ask, near, resize, touched }) {
  const state = { at: structuredClone(frame.at) };
  let stage;
  const send = (neighbors) => { paint(); ask(state.at, neighbors); };
  // of a row, the slider shows the entry that another control chooses
  const chooser = (name) => spec.controls[name].chosen_by;
  const seen = (name) => (chooser(name) ? state.at[name][state.at[chooser(name)]] : state.at[name]);
  const moved = (name, at, entry = state.at[chooser(name)]) => {
    stop();
    state.at[name] = entry === undefined ? at : state.at[name].with(entry, at);
    send(beside(name, entry));
  };
  // where one more press of a key, or one click on a pill, would lead
  const beside = (name, entry = state.at[chooser(name)]) => {
    const { kind, texts } = spec.controls[name];
    if (kind === "text") return [];
    const row = entry !== undefined, here = row ? state.at[name][entry] : state.at[name];
    const stops = kind === "choice" ? texts.map((_, k) => k).slice(0, 6) : [here + 1, here - 1];
    return stops.filter((at) => at !== here && at in texts)
      .map((at) => ({ ...state.at, [name]: row ? state.at[name].with(entry, at) : at }));
  };
  const dragged = ({ control: name, entry }, at) => {
    if (entry === null) { if (state.at[name] !== at) moved(name, at); return; }
    if (state.at[name][entry] === at) return;
    if (chooser(name)) state.at[chooser(name)] = entry;
    moved(name, at, entry);
  };
  const fill = (name, at) => {
    const row = chooser(name) && !Array.isArray(at);
    state.at[name] = row ? state.at[name].map((was, k) => (k < state.at[chooser(name)] ? was : at)) : at;
  };

  // ---- parts
  const controls = Object.entries(spec.controls)
    .filter(([, one]) => !one.count || one.chosen_by)
    .map(([name, one]) => [name, control(one, (at) => moved(name, at))]);
  const presets = Object.entries(spec.presets).map(([name, values]) => [values,
    make("button", { type: "button", class: "pill", onclick: () => { stop(); Object.entries(values).forEach(([which, at]) => fill(which, at)); send(); } }, name)]);
  const start = Object.fromEntries(Object.entries(spec.controls).map(([name, one]) => [name, one.start]));
  const reset = make("button", { type: "button", class: "plain", onclick: () => { stop(); state.at = structuredClone(start); send(); } }, "Reset");
  const said = make("p", { class: "say", "aria-live": "polite" });
  const problem = make("p", { class: "problem", role: "alert" });
  const panel = make("div", { class: "panel" });
  const body = make("div", { class: "body" }, panel);
  const root = make("div", {
    class: "lstm-demo", role: "group", "aria-label": `Demo: ${spec.title}`, "data-lm-suppress-shortcuts": "true",
  },
  make("p", { class: "ask" }, make("b", {}, ...typeset(spec.question)), ...(spec.hint ? [" ", make("span", {}, ...typeset(spec.hint))] : [])),
  body, said, problem);

  // ---- step and play
  const last = spec.play ? spec.controls[spec.play.control].texts.length - 1 : 0;
  const step = () => {
    const { control: name } = spec.play;
    state.at[name] = state.at[name] >= last ? 0 : state.at[name] + 1;
    send();
  };
  const play = player({ step, ended: () => state.at[spec.play.control] >= last, pace: 1000 * spec.play?.pace });
  const { stop } = play;
  const forward = make("button", { type: "button", class: "strong", onclick: () => { stop(); step(); } }, "Step");

  if (presets.length) {
    panel.append(make("div", { class: "pills", role: "group", "aria-label": spec.presets_label },
      make("span", { class: "label" }, spec.presets_label), ...presets.map(([, button]) => button)));
  }
  for (const [name, { node }] of controls) {
    node.addEventListener("focusin", () => near?.(beside(name)));
    panel.append(node);
  }
  panel.append(make("div", { class: "buttons" }, ...(spec.play ? [forward, play.button] : []), reset));

  // ---- painting
  const paint = () => {
    for (const [name, one] of controls) one.set(seen(name));
    for (const [values, button] of presets)
      button.setAttribute("aria-pressed", Object.entries(values).every(([name, at]) => same(Array.isArray(at) ? state.at[name] : seen(name), at)));
  };
  const show = (fresh, adopt = true) => {
    if (adopt && !play.plays()) state.at = structuredClone(fresh.at);
    stage.show(fresh);
    said.replaceChildren(...withNumbers(fresh.sentence));
    problem.textContent = fresh.problem ?? "";
    paint();
  };
  const lower = veiled(root, body, stop, touched);
  const respec = (fresh, still) => {
    spec = fresh;
    stage?.node.remove();
    stage = picture(spec, dragged);
    stage.stay(still);
    body.append(stage.node);
    const watch = new ResizeObserver(([{ contentRect }]) => {
      const size = contentRect.width < NARROW ? "narrow" : "wide";
      if (contentRect.width && size !== spec.size) { watch.disconnect(); resize?.(size); }
    });
    if (resize) watch.observe(stage.node);
  };
  el.replaceChildren(root);
  if (spec.version !== VERSION) {
    lower("version");
    return { show() {}, stay() {}, lower() {}, respec() {}, end() {} };
  }
  respec(spec, still);
  show(frame);
  return { show, stay: (text) => stage.stay(text), lower, respec, end: play.end };
}

export default live(mount);
