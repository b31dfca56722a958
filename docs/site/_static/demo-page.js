// Plays stored demos wherever a page has one. tools/site_demos.py puts the front end before this,
// inside one function, so that it also works when the page is opened from a disk.

const playFrom = (el, { spec, stills, frames }) => {
  const sizes = Object.entries(spec.controls).map(([name, one]) => [name, one.texts.length]);
  const frameAt = (at) => frames[sizes.reduce((sum, [name, size]) => sum * size + at[name], 0)];
  const start = Object.fromEntries(Object.entries(spec.controls).map(([name, one]) => [name, one.start]));
  let still = frameAt(start).still;
  const view = mount(el, {
    spec,
    still: stills[still],
    frame: frameAt(start),
    ask: (at) => {
      const frame = frameAt(at);
      if (frame.still !== still) view.stay(stills[(still = frame.still)]);
      view.show(frame);
    },
  });
  el.querySelector(".lstm-demo").classList.add("stored");
};

for (const el of document.querySelectorAll(".demo[data-demo]"))
  unpack(window.lstmDemos[el.dataset.demo]).then((stored) => playFrom(el, stored));
