// Runs inside the page, so that nothing of the browser's remote control is in the times.
// A time ends after the first frame since the picture was loaded, or the text changed.
(() => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel(); // its task runs after the frame
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  }));
  const loaded = (image) => image.complete || new Promise((done) => {
    for (const end of ["load", "error"]) image.addEventListener(end, done, { once: true });
  });
  const log = { pressed: 0, released: 0, shown: [] };
  addEventListener("keydown", () => { log.pressed = performance.now(); }, true);
  addEventListener("keyup", () => { log.released = performance.now(); }, true);

  // root: where the answer appears. With a picture in it, that picture must be a new one; where
  // two values look the same, its alt text tells.
  let observer = null;
  const watch = (root, pictured) => {
    observer?.disconnect();
    const shown = (log.shown = []);
    const picture = () => (root.matches("img") ? root : root.querySelector("img"));
    const face = (image) => image.src + image.alt;
    let before = pictured && face(picture());
    observer = new MutationObserver(async () => {
      if (pictured) {
        const image = picture();
        if (!image || face(image) === before) return;
        const source = (before = face(image));
        await loaded(image);
        if (source !== before) return; // a newer one has taken its place
      }
      shown.push(await painted());
    });
    observer.observe(root,
      { subtree: true, childList: true, attributes: true, characterData: true });
  };
  // Whether a control can go down and up.
  const room = (control) => {
    if (control.matches("select"))
      return [control.selectedIndex > 0, control.selectedIndex < control.length - 1];
    const read = (name, plain) => +(control.getAttribute(`aria-value${name}`) ?? control[plain]);
    return [read("now", "value") > read("min", "min"), read("now", "value") < read("max", "max")];
  };
  window.latency = { log, watch, room };
})();
