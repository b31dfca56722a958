// Sliders, pills and a line of text. Each is { node, set(position) } and reports where it was
// moved to; positions are numbers that count the control's stops, or the text that was typed.
import { make, typeset } from "./parts.js";

const FEW = 6; // so many options stand side by side as pills, more in a list

const slider = (spec, moved) => {
  const last = spec.texts.length - 1;
  const value = make("output");
  const input = make("input", { type: "range", min: 0, max: last, step: 1, "aria-label": spec.label });
  const set = (at) => {
    input.value = at;
    input.style.setProperty("--fill", `${(100 * at) / last}%`);
    input.setAttribute("aria-valuetext", spec.texts[at]);
    value.textContent = spec.texts[at];
  };
  input.addEventListener("input", () => { set(+input.value); moved(+input.value); });
  value.style.minWidth = `${Math.max(4.5, ...spec.texts.map((text) => text.length + 0.5))}ch`;
  const row = make("div", { class: spec.badge ? "row badged" : "row" });
  if (spec.tone) row.style.setProperty("--tone", `var(--lstm-${spec.tone})`);
  if (spec.badge) {
    row.append(make("span", { class: "badge", title: spec.label, style: `color: var(--lstm-on-${spec.tone})` },
      ...typeset(spec.badge)));
  }
  row.append(make("span", { class: "label" }, ...typeset(spec.label)));
  row.append(input, value);
  return { node: row, set };
};

const pills = (spec, moved) => {
  const name = `lstm-${Math.random().toString(36).slice(2)}`;
  const inputs = spec.texts.map((text, k) =>
    make("input", { type: "radio", name, onchange: () => moved(k) }));
  const set = (at) => inputs.forEach((input, k) => { input.checked = k === at; });
  const labels = inputs.map((input, k) => make("label", { class: "pill" }, input, make("span", {}, ...typeset(spec.texts[k]))));
  const node = make("div", { class: "pills", role: "radiogroup", "aria-label": spec.label },
    make("span", { class: "label" }, ...typeset(spec.label)), ...labels);
  return { node, set };
};

const list = (spec, moved) => {
  const select = make("select", { "aria-label": spec.label },
    ...spec.texts.map((text, k) => make("option", { value: k }, text)));
  select.addEventListener("change", () => moved(select.selectedIndex));
  const node = make("div", { class: "row" }, make("span", { class: "label" }, ...typeset(spec.label)), select);
  return { node, set: (at) => { select.selectedIndex = at; } };
};

const line = (spec, moved) => {
  const input = make("input", { type: "text", "aria-label": spec.label, spellcheck: "false" });
  input.addEventListener("change", () => moved(input.value));
  input.addEventListener("keydown", (event) => { // JupyterLab takes Enter for itself
    event.stopPropagation();
    if (event.key === "Enter") moved(input.value);
  });
  const node = make("div", { class: "row line" }, make("span", { class: "label" }, ...typeset(spec.label)), input);
  return { node, set: (text) => { if (document.activeElement !== input) input.value = text; } };
};

export const control = (spec, moved) => {
  if (spec.kind === "text") return line(spec, moved);
  if (spec.kind === "slider") return slider(spec, moved);
  return (spec.texts.length > FEW ? list : pills)(spec, moved);
};
