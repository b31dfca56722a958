// The gates of one unit at one word: badge, slider, and who sets it, the network or you.
import { make, typeset } from "./parts.js";

export const TONES = { f_t: "f", i_t: "i", o_t: "o", c_tilde: "c_tilde" };
const SYMBOLS = { c_tilde: "c̃_t" };
const WHO = ["the network", "you"];

const who = (name, chosen) => {
  const group = `lstm-${Math.random().toString(36).slice(2)}`;
  const inputs = WHO.map((text, k) => make("input", { type: "radio", name: group, onchange: () => chosen(k === 1) }));
  const node = make("span", { class: "who", role: "radiogroup", "aria-label": `${name} is set by` },
    ...inputs.map((input, k) => make("label", { class: "pill" }, input, make("span", {}, WHO[k]))));
  const other = node.querySelector("span");
  const set = (yours, words) => {
    other.textContent = words;
    inputs.forEach((input, k) => { input.checked = (k === 1) === yours; });
  };
  return { node, set };
};

export function gateRow(gate, name, set, step = 0.01) {
  const tone = TONES[gate], least = gate === "c_tilde" ? -1 : 0;
  const slider = make("input", { type: "range", min: least, max: 1, step, "aria-label": `${name} of this unit at this word` });
  const value = make("output");
  const by = who(name, (yours) => set(gate, yours ? +slider.value : null));
  slider.addEventListener("input", () => set(gate, +slider.value));
  const badge = make("span", { class: "badge", style: `color: var(--lstm-on-${tone})` }, ...typeset(SYMBOLS[gate] ?? gate));
  const node = make("div", { class: "row badged gate", style: `--tone: var(--lstm-${tone})` },
    badge, make("span", { class: "label" }, make("span", {}, name), by.node), slider, value);
  return {
    node,
    show: (v, yours, { fixed, alike }) => {
      slider.disabled = fixed;
      if (document.activeElement !== slider || !yours) slider.value = v;
      slider.style.setProperty("--fill", `${(100 * (v - least)) / (1 - least)}%`);
      slider.setAttribute("aria-valuetext", v.toFixed(2));
      value.textContent = v.toFixed(2);
      by.set(yours, alike ? "all alike" : WHO[0]);
      node.classList.toggle("yours", yours);
    },
  };
}
