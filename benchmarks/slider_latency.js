// Runs inside the page, so that nothing of the browser's remote control is in the times.
// A time ends after the first frame since the picture or the text has changed.
(() => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel(); // its task runs after the frame
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  }));
  const log = { pressed: 0, released: 0, shown: [] };
  addEventListener("keydown", () => { log.pressed = performance.now(); }, true);
  addEventListener("keyup", () => { log.released = performance.now(); }, true);

  // root: where the answer appears; any change in it is the answer
  let observer = null;
  const watch = (root) => {
    observer?.disconnect();
    const shown = (log.shown = []);
    observer = new MutationObserver(async () => shown.push(await painted()));
    observer.observe(root,
      { subtree: true, childList: true, attributes: true, characterData: true });
  };
  // Whether a control can go down and up.
  const room = (control) => {
    if (control.type === "radio") return [true, true]; // it goes round
    if (control.matches("select"))
      return [control.selectedIndex > 0, control.selectedIndex < control.length - 1];
    const read = (name, plain) => +(control.getAttribute(`aria-value${name}`) ?? control[plain]);
    return [read("now", "value") > read("min", "min"), read("now", "value") < read("max", "max")];
  };
  window.latency = { log, watch, room };
})();
