// The way to the kernel. One question is on its way at a time, and the next one asks for where
// the controls stand by then: a held key leaves no queue behind it.

const LATE = 400; // milliseconds until a picture that waits for its answer looks like it
const SILENT = 5000; // and until the page says that nobody answers
const SETTLED = 300; // after the kernel has changed, until it can be asked

export function liveLink(model, { frame, state }) {
  const asker = Math.random().toString(36).slice(2);
  let number = 0, waiting = 0, next = null, timers = [], gone = false, ended = false;
  const answered = () => {
    waiting = 0;
    timers.forEach(clearTimeout);
    timers = [];
  };
  const lose = () => { answered(); gone = true; state("gone"); };
  const say = (message) => {
    timers = [setTimeout(() => state("late"), LATE), setTimeout(() => state("silent"), SILENT)];
    try { model.send(message); } catch { lose(); } // its channel was closed with the kernel
  };
  const send = () => {
    if (gone || waiting > 0 || next === null) return; // a ping on its way holds nothing up
    answered();
    waiting = ++number;
    const message = { at: next, asker, number };
    next = null;
    say(message);
  };
  const ping = () => {
    if (gone || waiting || ended) return;
    waiting = -1;
    say({ ping: asker });
  };

  const heard = () => {
    const fresh = model.get("frame");
    if (fresh.asker === asker && fresh.number === waiting) { answered(); state("alive"); }
    frame(fresh, !waiting && next === null);
    send();
  };
  const pong = (message) => {
    if (message.pong !== asker || waiting > 0) return;
    answered();
    state("alive");
    send();
  };
  // Who tells of a kernel that ends differs from page to page: listen where one can, and ask
  const changed = () => setTimeout(ping, SETTLED);
  const kernel = model.widget_manager?.kernel;
  const onStatus = (_, status) => { if (/restart|dead|unknown/.test(status)) changed(); };
  model.on("change:frame", heard);
  model.on("msg:custom", pong);
  model.on("comm_live_update", changed);
  kernel?.statusChanged?.connect(onStatus);
  kernel?.disposed?.connect(changed);
  model.widget_manager?.get_model?.(model.get("spec").id)
    ?.then((real) => { if (real.comm_live === false) lose(); }).catch(() => {});
  return {
    ask: (at) => { next = structuredClone(at); send(); },
    ping, // before somebody moves anything: is anybody there?
    size: (size) => { try { model.send({ size }); } catch { lose(); } },
    end: () => {
      answered();
      ended = true;
      model.off("change:frame", heard);
      model.off("msg:custom", pong);
      model.off("comm_live_update", changed);
      kernel?.statusChanged?.disconnect(onStatus);
      kernel?.disposed?.disconnect(changed);
    },
  };
}

// What a widget's page does: mount a front end on a model, and keep the way to the kernel.
export const live = (mount) => ({
  render({ model, el }) {
    let link;
    const view = mount(el, {
      spec: model.get("spec"),
      still: model.get("still"),
      frame: model.get("frame"),
      ask: (at) => link.ask(at),
      resize: (size) => link?.size(size),
      touched: () => link?.ping(),
    });
    link = liveLink(model, { frame: view.show, state: view.lower });
    const stay = () => view.stay?.(model.get("still"));
    const respec = () => { view.respec?.(model.get("spec"), model.get("still")); view.show(model.get("frame")); };
    model.on("change:still", stay);
    model.on("change:spec", respec);
    return () => { view.end(); link.end(); model.off("change:still", stay); model.off("change:spec", respec); };
  },
});
