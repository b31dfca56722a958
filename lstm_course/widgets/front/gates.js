// The gates of one unit at one word: badge, slider, and who sets it, the network or you.
import { make, typeset } from "./parts.js";

const WHO = ["the network", "you"];

const who = (name, chosen) => {
  const group = `lstm-${Math.random().toString(36).slice(2)}`;
  const inputs = WHO.map((text, k) => make("input", { type: "radio", name: group, onchange: () => chosen(k === 1) }));
  const node = make("span", { class: "who", role: "radiogroup", "aria-label": `${name} is set by` },
    ...inputs.map((input, k) => make("label", { class: "pill" }, input, make("span", {}, WHO[k]))));
  return { node, set: (yours) => inputs.forEach((input, k) => { input.checked = (k === 1) === yours; }) };
};

export function gateRow(gate, name, set) {
  const tone = gate[0];
  const slider = make("input", { type: "range", min: 0, max: 1, step: 0.01, "aria-label": `${name} of this unit at this word` });
  const value = make("output");
  const by = who(name, (yours) => set(gate, yours ? +slider.value : null));
  slider.addEventListener("input", () => set(gate, +slider.value));
  const badge = make("span", { class: "badge", style: `color: var(--lstm-on-${tone})` }, ...typeset(gate));
  const node = make("div", { class: "row badged gate", style: `--tone: var(--lstm-${tone})` },
    badge, make("span", { class: "label" }, make("span", {}, name), by.node), slider, value);
  return {
    node,
    show: (v, yours) => {
      if (document.activeElement !== slider || !yours) slider.value = v;
      slider.style.setProperty("--fill", `${100 * v}%`);
      slider.setAttribute("aria-valuetext", v.toFixed(2));
      value.textContent = v.toFixed(2);
      by.set(yours);
      node.classList.toggle("yours", yours);
    },
  };
}
