"""A picture with alt text and a sentence below it, which change together.

`ipywidgets.Image` has no alt text; this widget sends picture, alt text and sentence in one
message, so that a screen reader never hears an old value beside a new picture.
"""

import anywidget
import traitlets

_ESM = """
// ipywidgets gives a slider's handle no name: a screen reader would hear a bare number.
// JupyterLab takes the arrow keys of a list for going to the next cell, Jupyter Notebook those of
// a slider, too.
function prepareControls(el) {
  const view = el.closest(".widget-vbox");
  for (const row of view?.querySelectorAll(".widget-slider") ?? []) {
    const label = row.querySelector(".widget-label")?.textContent;
    row.querySelector(".noUi-handle")?.setAttribute("aria-label", label);
  }
  for (const control of view?.querySelectorAll("select, button, .noUi-handle") ?? [])
    control.setAttribute("data-lm-suppress-shortcuts", "true");
}
// on the screen some 5 ms sooner than a blob, which is fetched from another process
function dataUrl(png) {
  const bytes = new Uint8Array(png.buffer ?? png, png.byteOffset ?? 0, png.byteLength);
  let text = "";
  for (let k = 0; k < bytes.length; k += 8192)
    text += String.fromCharCode(...bytes.subarray(k, k + 8192));
  return `data:image/png;base64,${btoa(text)}`;
}
function render({ model, el }) {
  const image = document.createElement("img");
  const sentence = document.createElement("p");
  sentence.setAttribute("aria-live", "polite");
  sentence.className = "lstm-sentence";
  image.className = "lstm-picture";
  image.decoding = "sync"; // picture and sentence appear in the same frame
  el.append(image, sentence);
  const update = () => {
    image.src = dataUrl(model.get("png"));
    image.alt = model.get("alt");
    image.width = model.get("width");
    sentence.textContent = model.get("sentence");
  };
  model.on("change", update);
  update();
  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  const tell = () => { model.set("reduced_motion", motion.matches); model.save_changes(); };
  motion.addEventListener("change", tell);
  if (motion.matches) tell();
  requestAnimationFrame(() => prepareControls(el));
  return () => {
    model.off("change", update);
    motion.removeEventListener("change", tell);
  };
}
export default { render };
"""

_CSS = """
.lstm-picture { max-width: 100%; height: auto; background: white; border-radius: 4px; }
.lstm-sentence { margin: .3em 0 0; max-width: 42em; font-size: var(--jp-content-font-size1, 14px);
  line-height: 1.4; color: var(--jp-content-font-color1, inherit); }
"""


class Picture(anywidget.AnyWidget):
    """A PNG with its alt text and one sentence.

    Attributes
    ----------
    png : bytes
        The picture; changing it shows picture, alt text and sentence anew.
    alt, sentence : str
        What is to be seen, for a screen reader; what it says, for everybody.
    width : int
        In CSS pixels; the height follows.
    reduced_motion : bool
        Whether the reader's system asks for less motion, as the page reports it.
    """

    _esm = _ESM
    _css = _CSS
    png = traitlets.Bytes().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    sentence = traitlets.Unicode().tag(sync=True)
    width = traitlets.Int(640).tag(sync=True)
    reduced_motion = traitlets.Bool(False).tag(sync=True)
