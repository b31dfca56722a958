"""A figure as a PNG with a palette: drawings have few colors, and so it takes a third."""

import struct
import zlib

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from .figures import style

DENSITY = 2  # pixels per CSS pixel, so that text stays sharp on fine screens


def png(figure: Figure) -> bytes:
    """Draw a figure on white and return it as a PNG, twice as fine as its 100 dots per inch."""
    dpi, canvas = figure.dpi, figure.canvas
    try:
        with style():
            figure.set_dpi(100 * DENSITY)
            drawn = FigureCanvasAgg(figure)
            drawn.draw()
            pixels = np.asarray(drawn.buffer_rgba())[..., :3]
    finally:
        figure.set_canvas(canvas)
        figure.set_dpi(dpi)
    return encode(pixels)


def encode(pixels: NDArray) -> bytes:
    """Return pixels as a PNG of at most 256 colors.

    Parameters
    ----------
    pixels : array (height, width, 3) of uint8

    Returns
    -------
    bytes
    """
    palette, places = _palette(pixels)
    height, width = places.shape
    rows = np.zeros((height, width + 1), np.uint8)  # each row begins with its filter: none
    rows[:, 1:] = places
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", palette.tobytes()),
            _chunk(b"IDAT", zlib.compress(rows.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _palette(pixels: NDArray) -> tuple[NDArray, NDArray]:
    """Return at most 256 colors, and which of them each pixel has; white stays white."""
    for bits in (7, 6, 5, 4, 3, 2):
        steps = 2**bits - 1
        levels = (pixels.astype(np.uint32) * steps + 127) // 255
        codes = (levels[..., 0] << 16) + (levels[..., 1] << 8) + levels[..., 2]
        found, places = np.unique(codes, return_inverse=True)
        if len(found) <= 256:
            break
    colors = np.column_stack([found >> 16, (found >> 8) & 255, found & 255]) * 255 // steps
    return colors.astype(np.uint8), places.reshape(codes.shape).astype(np.uint8)


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + check
