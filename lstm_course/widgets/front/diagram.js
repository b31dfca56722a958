// The block diagram: it shows a frame, tells which wire is looked at, and has the scissors.

export function diagram(figure, still, { names, light, cut }) {
  figure.innerHTML = still;
  const drawing = figure.querySelector("svg");
  const all = (parts) => [...drawing.querySelectorAll(parts)];
  drawing.setAttribute("role", "group");
  const wires = all(".wire"), spots = all(".spot");
  // what the arrow keys go through: every stretch that can be cut, and the wire that cannot
  const places = [...spots, ...wires.filter((wire) => !spots.some((spot) => spot.dataset.of === wire.dataset.wire))];
  const valueOf = (place) => place.dataset.of ?? place.dataset.wire;
  let held = places[0];

  const hold = (place) => {
    held = place;
    light(valueOf(place));
  };
  const toggle = (spot) => cut?.(spot.dataset.spot.split(" "));
  for (const place of [...wires, ...spots]) {
    const focusable = places.includes(place);
    for (const event of ["pointerenter", "focus"])
      place.addEventListener(event, () => (focusable ? hold(place) : light(valueOf(place))));
  }
  for (const spot of spots) {
    spot.classList.toggle("cuttable", Boolean(cut));
    spot.setAttribute("role", cut ? "button" : "img");
    spot.addEventListener("click", () => { hold(spot); toggle(spot); });
  }
  for (const wire of wires) wire.setAttribute("role", "img");
  for (const box of all(".box"))
    box.addEventListener("pointerenter", () => light(box.dataset.litBy.split(" ")[0]));

  const walk = (place, by) => places[(places.indexOf(place) + by + places.length) % places.length].focus();
  const key = ({ key: name, target }) => {
    const place = target.closest(".spot, .wire");
    if (!place) return false;
    if (name === "ArrowUp" || name === "ArrowDown") walk(place, name === "ArrowDown" ? 1 : -1);
    else if ((name === "Enter" || name === " ") && place.dataset.spot) toggle(place);
    else return false;
    return true;
  };

  const title = (name, { text: value }) => `${names[name].symbol} = ${value}: ${names[name].meaning}`;
  const heard = (name, reading) => `${title(name, reading)}. ${names[name].equation}: ${reading.numbers}`;
  const text = (part, value) => { drawing.querySelector(part).textContent = value; };
  const showWires = (readings) => {
    for (const wire of wires) {
      const name = wire.dataset.wire, reading = readings[name];
      wire.setAttribute("class", `wire ${reading.sign}`);
      wire.setAttribute("aria-label", heard(name, reading));
      wire.querySelector("title").textContent = title(name, reading);
      wire.querySelector(".line").setAttribute("stroke-width", reading.width);
      if (name !== "y_t" && name !== "z_t") text(`[data-number="${name}"]`, reading.text);
    }
  };
  const showSpots = (readings, cuts) => {
    for (const spot of spots) {
      const gone = cuts.some((pair) => pair.join(" ") === spot.dataset.spot);
      const name = spot.dataset.of, reading = readings[name];
      spot.classList.toggle("cut", gone);
      if (cut) spot.setAttribute("aria-pressed", gone);
      spot.setAttribute("aria-label", (cut ? `Cut ${spot.dataset.words}. ` : "") + heard(name, reading));
      const advice = gone ? "Click to mend it" : "Click to cut it";
      spot.querySelector("title").textContent = title(name, reading) + (cut ? `. ${advice}` : "");
    }
  };
  const showOutput = ({ z, y, word }) => {
    z.forEach((value, k) => text(`[data-z="${k}"]`, value));
    y.forEach(([p, value], k) => {
      const bar = drawing.querySelector(`[data-bar="${k}"]`), full = +bar.dataset.full;
      bar.setAttribute("x", bar.dataset.right - full * p);
      bar.setAttribute("width", full * p);
      text(`[data-p="${k}"]`, value);
    });
    text("[data-word]", word);
  };
  const show = (step, unit, cuts) => {
    const { wires: readings, said } = step.units[unit];
    showWires(readings);
    showSpots(readings, cuts);
    showOutput(step);
    drawing.setAttribute("aria-label", `LSTM block diagram, unit ${unit + 1}. ${said}`);
    text("desc", said);
  };
  const lit = (name) => {
    for (const wire of wires) wire.classList.toggle("lit", wire.dataset.wire === name);
    for (const one of places) one.setAttribute("tabindex", one === held ? 0 : -1);
    for (const box of all(".box")) box.classList.toggle("lit", box.dataset.litBy.split(" ").includes(name));
  };
  return { show, lit, key };
}
