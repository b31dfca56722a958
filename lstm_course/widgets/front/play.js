// Play: a button that takes a step at once and then one at each beat, until the end. Under
// reduced motion it is not there.
import { calm, make } from "./parts.js";

export function player({ step, ended, pace, changed }) {
  let timer = null;
  const button = make("button", { type: "button", class: "plain", onclick: () => (timer ? stop() : begin()) });
  const look = () => {
    button.textContent = timer ? "Pause" : "Play";
    button.setAttribute("aria-pressed", Boolean(timer));
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    look();
  };
  const begin = () => {
    step();
    timer = setInterval(() => {
      if (!button.isConnected || ended()) stop();
      else step();
    }, pace);
    look();
  };
  const obey = () => {
    button.hidden = calm.matches;
    if (calm.matches) stop();
    changed?.();
  };
  calm.addEventListener("change", obey);
  look();
  button.hidden = calm.matches;
  return { button, stop, plays: () => timer !== null, end: () => { stop(); calm.removeEventListener("change", obey); } };
}
