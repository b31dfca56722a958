"""`Demo`: sliders, one figure that is made once, and a sentence that says what it shows."""

import io
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.text import Text
from PIL import Image

from ..plots.figures import picture_bundle
from .picture import Picture

STYLE = {"description_width": "11em"}


def slider(
    description: str, value: float, low: float, high: float, step: float, digits: int = 2
) -> ipywidgets.FloatSlider:
    """Return a slider with its number beside it; the arrow keys move it by `step`."""
    return ipywidgets.FloatSlider(
        value,
        min=low,
        max=high,
        step=step,
        description=description,
        readout_format=f".{digits}f",
        style=STYLE,
        layout=ipywidgets.Layout(width="min(34em, 98%)"),
    )


def choice(description: str, options: Sequence[str], value: str) -> ipywidgets.Dropdown:
    """Return a list to choose one entry from."""
    return ipywidgets.Dropdown(
        options=list(options),
        value=value,
        description=description,
        style=STYLE,
        layout=ipywidgets.Layout(width="min(26em, 98%)"),
    )


class Demo:
    """A picture that follows its controls.

    On a change only the moving artists are drawn again, over a saved background.

    Parameters
    ----------
    ax : Axes
        Any axes of the figure; it is finished but for what moves.
    controls : dict of name to widget
        Sliders and lists; each has a description.
    moving : sequence of artists
        What `update` moves.
    update : function
        `update(**values)` moves the artists and returns a sentence that says what is shown.
    title : str
        What the picture shows, in a few words; the alt text begins with it.

    Attributes
    ----------
    controls, picture, reset
        The widgets, for tests and for the curious.
    aside : str
        Added to the sentence of the next changes.
    """

    def __init__(
        self,
        ax: Axes,
        controls: dict[str, Any],
        moving: Sequence[Artist],
        update: Callable[..., str],
        *,
        title: str,
    ) -> None:
        self.figure = ax.get_figure(root=True)
        self.controls, self.moving = controls, list(moving)
        self._update, self.title, self.aside = update, title, ""
        self._start = {name: control.value for name, control in controls.items()}
        for artist in self.moving:
            artist.set_animated(True)
        self.figure.canvas.draw()
        self._palette: Image.Image | None = None
        self._words = [""] * sum(isinstance(artist, Text) for artist in self.moving)
        self._loose: set[Text] = set()
        self._background = self._worded = self.figure.canvas.copy_from_bbox(self.figure.bbox)
        self.picture = Picture(width=round(100 * self.figure.get_size_inches()[0]))
        self.reset = ipywidgets.Button(description="Reset", tooltip="Back to the start")
        self.reset.on_click(self._reset)
        for control in controls.values():
            control.observe(self._changed, names="value")
        self.view = ipywidgets.VBox([*controls.values(), self.reset, self.picture])
        self._changed()

    @property
    def values(self) -> dict[str, Any]:
        """What the controls stand at."""
        return {name: control.value for name, control in self.controls.items()}

    @property
    def sentence(self) -> str:
        """What the picture says now, in words."""
        return self.picture.sentence

    def _changed(self, change: Any = None) -> None:
        sentence = f"{self._update(**self.values)} {self.aside}".rstrip()
        png = self._draw()
        with self.picture.hold_sync():
            self.picture.sentence = sentence
            self.picture.alt = f"{self.title}. {sentence}"
            self.picture.png = png

    def _draw(self) -> bytes:
        canvas = self.figure.canvas
        self._restore()
        for artist in self.moving:
            if not isinstance(artist, Text):
                self.figure.draw_artist(artist)
        size = canvas.get_width_height()
        stream = io.BytesIO()
        pixels = Image.frombuffer("RGBA", size, canvas.buffer_rgba())
        pixels = pixels.convert("RGB")
        # a palette, made once, and runs alone: the PNG takes 2 ms and not 10
        if self._palette is None:
            self._palette = _palette_of(pixels)
        pixels.quantize(palette=self._palette, dither=Image.Dither.NONE).save(
            stream, "png", compress_level=1, compress_type=zlib.Z_RLE
        )
        return stream.getvalue()

    def _restore(self) -> None:
        """Put the background and the texts on the canvas; words are slow to draw.

        Texts that this change leaves as they are stay in the picture below the others.
        """
        texts = [artist for artist in self.moving if isinstance(artist, Text)]
        words = [text.get_text() for text in texts]  # an empty text stays stale for ever
        changed = {
            text
            for text, new, old in zip(texts, words, self._words, strict=True)
            if new != old or (new and text.stale)
        }
        self._words = words
        if not changed:
            return self.figure.canvas.restore_region(self._worded)
        if changed != self._loose:
            self._loose = changed
            self._still = self._with(self._background, [t for t in texts if t not in changed])
        self._worded = self._with(self._still, [t for t in texts if t in self._loose])

    def _with(self, picture: Any, texts: Sequence[Text]) -> Any:
        """Put a picture on the canvas, draw texts over it and return both as one picture."""
        self.figure.canvas.restore_region(picture)
        for text in texts:
            self.figure.draw_artist(text)
        return self.figure.canvas.copy_from_bbox(self.figure.bbox)

    def _reset(self, button: Any = None) -> None:
        for name, value in self._start.items():
            self.controls[name].value = value

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        """Return the live view, and the picture and a fixed sentence for where nothing runs."""
        width, height = (round(100 * inches) for inches in self.figure.get_size_inches())
        data, metadata = picture_bundle(self.picture.png, self.picture.alt, width, height)
        data["text/plain"] = f"Demo: {self.title}. Run this cell to move it."
        live = self.view._repr_mimebundle_()
        live = live[0] if isinstance(live, tuple) else live or {}
        view = {key: value for key, value in live.items() if key.startswith("application/")}
        return {**data, **view}, metadata


def _palette_of(pixels: Image.Image) -> Image.Image:
    """Return the colors of a picture, with white kept white.

    Pillow looks colors up in coarse boxes: a near white in the palette would be taken for it.
    """
    found = pixels.quantize(255).getpalette()
    colors = [found[k : k + 3] for k in range(0, len(found), 3)]
    kept = [color for color in colors if min(color) < 244]
    palette = Image.new("P", (1, 1))
    palette.putpalette([255, 255, 255, *(value for color in kept for value in color)])
    return palette
