// The picture: a still part, a part that each frame replaces, and places that can be dragged.
import { make } from "./parts.js";
import { press } from "./press.js";

// which way something can be dragged: up and down, to the sides, or along a curve
const wayOf = (path) => {
  const spread = (k) => {
    const all = path.filter(Boolean).map((at) => at[k]);
    return Math.max(...all) - Math.min(...all);
  };
  return spread(0) < 2 ? "upright" : spread(1) < 2 ? "level" : "free";
};

export function picture(spec, moved) {
  const [width, height] = spec.box;
  const node = make("div", { class: "stage" });
  node.innerHTML = `<svg viewBox="0 0 ${width} ${height}" role="img">` +
    `<g aria-hidden="true"><g class="still"></g><g class="moving"></g></g></svg>`;
  const [svg, still, moving] = ["svg", ".still", ".moving"].map((part) => node.querySelector(part));

  // the picture's own units under the pointer
  const under = (event) => {
    const box = svg.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
  };
  const grip = (handle) => {
    const knob = make("div", { class: "handle" });
    const { tone } = spec.controls[handle.control];
    if (tone) knob.style.setProperty("--tone", `var(--lstm-${tone})`);
    knob.classList.toggle("small", handle.entry !== null);
    let path = [], here = null, held = null;
    const nearest = ([x, y]) => {
      const away = path.map((at) => (at ? (at[0] - x) ** 2 + (at[1] - y) ** 2 : Infinity));
      return away.indexOf(Math.min(...away));
    };
    const place = (at) => {
      here = path[at];
      knob.hidden = !here;
      if (!here) return;
      const [x, y] = here;
      knob.style.left = `${(100 * x) / width}%`;
      knob.style.top = `${(100 * y) / height}%`;
    };
    knob.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      knob.setPointerCapture(event.pointerId);
      const [x, y] = under(event);
      held = [x - here[0], y - here[1]];
      knob.classList.add("held");
    });
    knob.addEventListener("pointermove", (event) => {
      if (!held) return;
      const [x, y] = under(event);
      moved(handle, nearest([x - held[0], y - held[1]]));
    });
    for (const end of ["pointerup", "pointercancel"])
      knob.addEventListener(end, () => { held = null; knob.classList.remove("held"); });
    return {
      knob,
      show: (fresh, at) => {
        path = fresh;
        for (const way of ["upright", "level"]) knob.classList.toggle(way, way === wayOf(path));
        place(at);
      },
    };
  };
  const grips = spec.handles.map(grip);
  const presses = spec.presses.map((one) => press(one, spec, (at) => moved({ control: one.control, entry: null }, at)));
  node.append(...presses.map((one) => one.node), ...grips.map(({ knob }) => knob));

  // neighbors in a row share the width that they have
  const space = (paths) => spec.handles.forEach(({ control, entry }, k) => {
    const next = [k + 1, k - 1].find((n) => entry !== null && spec.handles[n]?.control === control);
    if (next === undefined || !paths[k][0] || !paths[next][0]) return;
    grips[k].knob.style.width = `${(100 * Math.abs(paths[next][0][0] - paths[k][0][0])) / width}%`;
  });
  const show = (frame) => {
    moving.innerHTML = frame.svg;
    const paths = frame.handles.map((path, k) => path ?? spec.handles[k].path);
    space(paths);
    svg.setAttribute("aria-label", frame.alt);
    presses.forEach((one) => one.show(frame.at));
    grips.forEach((g, k) => {
      const { control, entry } = spec.handles[k];
      g.show(paths[k], entry === null ? frame.at[control] : frame.at[control][entry]);
    });
  };
  return { node, show, stay: (text) => { still.innerHTML = text; } };
}
