// Mounts the cell explorer wherever a page asks for one. tools/site.py puts explorer.js before
// this, inside one function, so that it also works when the page is opened from a disk.

const show = (el, sentence) => {
  const { frames, svg } = window.lstmExplorer[sentence];
  return mount(el, frames, svg);
};

for (const el of document.querySelectorAll(".explorer")) {
  const sentences = Object.keys(window.lstmExplorer);
  let view = show(el, el.dataset.sentence ?? sentences[0]);
  const list = document.querySelector(`select[data-for="${el.id}"]`);
  if (!el.id || !list) continue;
  list.replaceChildren(...sentences.map((sentence) => new Option(sentence, sentence)));
  list.addEventListener("change", () => {
    view.stop();
    view = show(el, list.value);
  });
}
