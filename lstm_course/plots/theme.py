"""The palette as CSS variables, so that one vector picture is right on a light and a dark page."""

import re
from collections.abc import Callable

from .palette import EQUATION, THEME, Tone

_NAMES = {tone.light.lower(): name for name, tone in THEME.items()}
_HEX = re.compile(r"#[0-9a-f]{6}\b")
_LIGHT_PAGES = '[data-jp-theme-light="true"], [data-theme="light"]'
_DARK_PAGES = '[data-jp-theme-light="false"], [data-theme="dark"], .vscode-dark'


def variable(name: str) -> str:
    """Return a color of the palette as CSS, with its light value for where no theme is."""
    return f"var(--lstm-{name}, {THEME[name].light})"


def with_variables(svg: str) -> str:
    """Put the palette's variable in place of each of its colors; other colors stay."""
    return _HEX.sub(lambda found: _variable_of(found[0]), svg)


def _variable_of(color: str) -> str:
    return variable(_NAMES[color]) if color in _NAMES else color


def image_css(inside: str) -> str:
    """Return rules for an image that stands alone: what it uses, as the reader's system is."""
    used = {name: tone for name, tone in THEME.items() if f"var(--lstm-{name}," in inside}
    light, dark = (_values(used, lambda tone, k=k: tone[k]) for k in range(2))
    return f":root {{ {light} }} @media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }} "


def theme_css(selector: str) -> str:
    """Return rules that give `selector` the light or the dark values, as its page is.

    JupyterLab, the site and VS Code say which they are; elsewhere the reader's system decides.
    """
    light, dark = (
        _values(THEME, lambda tone, k=k: tone[k]) + _on(lambda tone, k=k: tone[k]) for k in range(2)
    )
    return (
        f"{selector} {{ {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ {selector} {{ {dark} }} }}\n"
        f":is({_LIGHT_PAGES}) {selector} {{ {light} }}\n"
        f":is({_DARK_PAGES}) {selector} {{ {dark} }}\n"
        f"@media print {{ :is({_LIGHT_PAGES}, {_DARK_PAGES}) {selector} {{ {light} }} }}\n"
    )


def equation_css() -> str:
    """Return rules that give the colored symbols of equations their dark values on dark pages.

    A notebook holds the light values. JupyterLab's MathJax writes them as `style`, the site's
    MathML as `mathcolor`; on the site the reader's system decides where the page is on *auto*.
    """
    dark = "".join(_recolored(f":is({_DARK_PAGES})", tone) for tone in EQUATION.values())
    auto = "".join(_recolored('[data-theme="auto"]', tone) for tone in EQUATION.values())
    light = "".join(_recolored(f":is({_DARK_PAGES})", Tone(t[0], t[0])) for t in EQUATION.values())
    return f"{dark}@media (prefers-color-scheme: dark) {{\n{auto}}}\n@media print {{\n{light}}}\n"


def _recolored(page: str, tone: Tone) -> str:
    red, green, blue = (int(tone.light[k : k + 2], 16) for k in (1, 3, 5))
    mathjax = f'{page} mjx-mstyle[style*="rgb({red}, {green}, {blue})"]'
    mathml = f'{page} mstyle[mathcolor="{tone.light}"]'
    return f"{mathjax}, {mathml} {{ color: {tone.dark} !important; }}\n"


def _values(tones: dict[str, Tone], pick: Callable[[Tone], str]) -> str:
    return " ".join(f"--lstm-{name}: {pick(tone)};" for name, tone in tones.items())


def _on(pick: Callable[[Tone], str]) -> str:
    """Return for each color that of text that stands on it."""
    return "".join(f" --lstm-on-{name}: {readable_on(pick(tone))};" for name, tone in THEME.items())


def readable_on(color: str) -> str:
    """Return black or white, whichever stands out more."""
    return "#111114" if luminance(color) > 0.18 else "#FFFFFF"


def luminance(color: str) -> float:
    """Return the relative luminance of a color such as #D55E00, between 0 and 1."""
    channels = [int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
