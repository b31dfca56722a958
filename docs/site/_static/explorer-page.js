// Mounts the cell explorer wherever a page asks for one. tools/site.py puts the front end before
// this, inside one function, so that it also works when the page is opened from a disk. Stored are
// a few sentences, each whole and with any one wire cut.

const { spec, still, sentences } = window.lstmExplorer;
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
