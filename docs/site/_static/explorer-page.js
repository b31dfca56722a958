// Mounts the cell explorer wherever a page asks for one. tools/site.py puts the front end before
// this, inside one function, so that it also works when the page is opened from a disk. Stored are
// a few sentences, each whole and with any one wire cut; and the whole cell of a lesson, with what
// can be set at its ends.

const { spec, still, sentences } = window.lstmExplorer ?? {};
const ABLE = { sentence: false, gates: false, cuts: 1 };

const show = async (el, sentence) => {
  const stored = await unpack(sentences[sentence]);
  const frameAt = ({ cut: [pair] }) => stored.frames[pair ? pair.join(" ") : ""];
  const start = { ...spec.start, sentence };
  const view = mount(el, {
    spec: { ...spec, start },
    still,
    frame: frameAt(start),
    ask: (at) => view.show(frameAt(at)),
    able: ABLE,
  });
  return view;
};

const showToday = ({ spec, still, places, frames }) => (el) => {
  const set = ({ overrides }, place) => overrides.find((one) => place.every((part, k) => one[k] === part))?.[3];
  const atStart = ([, part]) => spec.start.overrides.find(([, one]) => one === part)?.[3];
  const keyAt = (at) => places.map((place) => (set(at, place) === atStart(place) ? "" : set(at, place) ?? "")).join(" ");
  const own = (at) => spec.start.overrides.length > 0 && at.overrides.length === 0;
  const frameAt = (at) => (own(at) ? frames.own : frames[keyAt(at)]);
  const able = { sentence: false, gates: true, cuts: 0, places };
  const view = mount(el, { spec, still, frame: frameAt(spec.start), ask: (at) => view.show(frameAt(at)), able });
};

for (const el of document.querySelectorAll(".today"))
  unpack(window.lstmDemos[el.dataset.today]).then((stored) => showToday(stored)(el));

for (const el of document.querySelectorAll(".explorer")) {
  const known = Object.keys(sentences);
  let view = show(el, el.dataset.sentence ?? known[0]);
  const list = document.querySelector(`select[data-for="${el.id}"]`);
  if (!el.id || !list) continue;
  list.replaceChildren(...known.map((sentence) => new Option(sentence, sentence)));
  list.addEventListener("change", async () => {
    (await view).end();
    view = show(el, list.value);
  });
}
