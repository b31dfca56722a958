// The veil: it says when nobody answers, and then nothing under it can be moved.
import { make } from "./parts.js";

export const VERSION = 1;
const VEILS = {
  gone: ["The kernel has ended. Run this cell again to move it", "If it says NameError: Run ▸ Run All Above Selected Cell, then this cell."],
  silent: ["No answer from the kernel yet", "It is busy, or gone. If this stays: run this cell again."],
  version: ["Run this cell again to move it", "The demo and this page come from different versions of the course."],
};

export function veiled(root, body, stop, touched) {
  const veil = make("div", { class: "veil", role: "status", hidden: "" });
  root.append(veil);
  // whoever comes from outside may find the kernel gone; between two controls nobody asks
  const comes = ({ relatedTarget }) => { if (!root.contains(relatedTarget)) touched?.(); };
  for (const event of ["pointerenter", "focusin"]) root.addEventListener(event, comes);
  return (kind) => {
    const words = VEILS[kind];
    root.classList.toggle("late", kind === "late");
    veil.hidden = !words;
    body.inert = Boolean(words) && kind !== "silent";
    if (words) { stop(); veil.replaceChildren(make("span", {}, words[0]), make("small", {}, words[1])); }
  };
}
