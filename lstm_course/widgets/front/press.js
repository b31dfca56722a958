// A place of the picture that can be pressed: it sets a control, and once more takes it back. Who
// uses the keyboard has the control itself.
import { make } from "./parts.js";

export function press({ control, to, back, box: [x, y, w, h] }, spec, pressed) {
  const [width, height] = spec.box;
  let here = false;
  const node = make("div", {
    class: "press", title: spec.controls[control].texts[to], onclick: () => pressed(here ? back : to),
    style: `left: ${(100 * x) / width}%; top: ${(100 * y) / height}%; width: ${(100 * w) / width}%; height: ${(100 * h) / height}%`,
  });
  return { node, show: (at) => { here = at[control] === to; node.classList.toggle("on", here); } };
}
