// The way to the kernel. One question is on its way at a time, and the next one asks for where
// the controls stand by then: a held key leaves no queue behind it. While nothing else is to be
// asked, the frames beside the present one are fetched ahead: a step to one of them shows at once.

const LATE = 400; // milliseconds until a picture that waits for its answer looks like it
const SILENT = 5000; // and until the page says that nobody answers
const SETTLED = 300; // after the kernel has changed, until it can be asked
const QUIET = 30; // without a move, until the neighbors are fetched
const KEPT = 12; // frames that were fetched ahead
const LOOK = ["at", "svg", "sentence", "problem"]; // a frame with all of these is on the page already

export function liveLink(model, { frame, state }) {
  const asker = Math.random().toString(36).slice(2);
  let number = 0, waiting = 0, next = null, timers = [], gone = false, ended = false;
  let beside = [], pause = null, shown = null;
  const fetched = new Map();
  const key = (at) => JSON.stringify(at);
  const show = (fresh, adopt) => { shown = fresh; frame(fresh, adopt); };
  const fetch = () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      if (gone || ended || waiting || next !== null) return;
      const at = beside.find((one) => !fetched.has(key(one)));
      if (!at) return;
      fetched.set(key(at), null); // asked for
      if (fetched.size > KEPT) fetched.delete(fetched.keys().next().value);
      try { model.send({ ahead: at, asker }); } catch { lose(); }
    }, QUIET);
  };
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
    // what was fetched ahead need not be drawn again
    if (!shown?.svg || LOOK.some((part) => key(fresh[part]) !== key(shown[part]))) show(fresh, !waiting && next === null);
    send();
    fetch();
  };
  const pong = (message) => {
    if (message.ahead && message.asker === asker) {
      fetched.set(key(message.ahead.at), message.ahead);
      fetch();
    }
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
    ask: (at, neighbors = []) => {
      next = structuredClone(at);
      beside = structuredClone(neighbors);
      const known = fetched.get(key(at));
      if (known) show(known, false);
      send();
    },
    near: (neighbors) => { beside = structuredClone(neighbors); fetch(); },
    forget: () => { fetched.clear(); shown = null; },
    ping, // before somebody moves anything: is anybody there?
    size: (size) => { try { model.send({ size }); } catch { lose(); } },
    end: () => {
      answered();
      ended = true;
      clearTimeout(pause);
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
      ask: (at, neighbors) => link.ask(at, neighbors),
      near: (neighbors) => link?.near(neighbors),
      resize: (size) => link?.size(size),
      touched: () => link?.ping(),
    });
    link = liveLink(model, { frame: view.show, state: view.lower });
    const stay = () => { link.forget(); view.stay?.(model.get("still")); };
    const respec = () => { link.forget(); view.respec?.(model.get("spec"), model.get("still")); view.show(model.get("frame")); };
    model.on("change:still", stay);
    model.on("change:spec", respec);
    return () => { view.end(); link.end(); model.off("change:still", stay); model.off("change:spec", respec); };
  },
});
