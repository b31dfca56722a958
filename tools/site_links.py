"""Check a folder of HTML offline: links, pictures, formulas; nothing loads from elsewhere."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)")
_FORMULA = re.compile(r"\$[^$\s](?:[^$\n]*[^$\s])?\$")
_VERBATIM = {"script", "style", "pre", "code", "svg", "title"}
_LOADS = {"img": "src", "script": "src", "source": "src", "iframe": "src", "link": "href"}


class Page(HTMLParser):
    """What a page holds and what it asks for.

    Attributes
    ----------
    ids : set of str
        Anchors that a link can point to.
    links, loads : list of str
        Where `a` elements lead; what the page itself loads.
    mute : int
        How many pictures have no alt text.
    raw : list of str
        Formulas that are shown as they were written, between dollar signs.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.mute = 0
        self.raw: list[str] = []
        self._verbatim = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one element says."""
        values = {key: value or "" for key, value in attrs}
        self.ids |= {values[key] for key in ("id", "name") if values.get(key)}
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag in _LOADS and values.get(_LOADS[tag]) and values.get("rel") != "canonical":
            self.loads.append(values[_LOADS[tag]])
        self.mute += tag == "img" and "alt" not in values
        self._verbatim += tag in _VERBATIM

    def handle_endtag(self, tag: str) -> None:
        """Note where code ends."""
        self._verbatim -= tag in _VERBATIM

    def handle_data(self, data: str) -> None:
        """Look for formulas in what a reader sees."""
        if not self._verbatim:
            self.raw += _FORMULA.findall(data)


def check_links(folder: Path) -> list[str]:
    """Return one line for each thing on the pages that leads nowhere.

    Parameters
    ----------
    folder : Path
        The root of the site.

    Returns
    -------
    list of str
        "page: what is wrong"; empty when all is well. A folder with no page is a problem.
    """
    read = {path: Page(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    if not read:
        return [f"{folder}: no page there; build the site first"]
    pages = {path.resolve(): page for path, page in read.items()}
    problems = []
    for path, page in sorted(pages.items()):
        wrong = [_problem(target, path, pages, folder.resolve()) for target in page.links]
        wrong += [_load_problem(target, path, pages, folder.resolve()) for target in page.loads]
        wrong += [f"{page.mute} picture(s) without alt text"] if page.mute else []
        wrong += [f"formula not set: {formula}" for formula in page.raw]
        name = path.relative_to(folder.resolve())
        problems += [f"{name}: {text}" for text in dict.fromkeys(wrong) if text]
    return problems + _sheets(folder)


def _problem(target: str, path: Path, pages: dict[Path, Page], root: Path) -> str:
    """Say what is wrong with a link, or nothing; the rest of the web is not asked."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return ""
    file = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    file = file / "index.html" if file.is_dir() else file
    if not file.is_relative_to(root) or not file.is_file():
        return f"link to {target}: there is no such file"
    anchor = unquote(parts.fragment)
    if anchor and file in pages and anchor not in pages[file].ids:
        return f"link to {target}: the page has no such anchor"
    return ""


def _load_problem(target: str, path: Path, pages: dict[Path, Page], root: Path) -> str:
    if target.startswith("data:"):
        return "" if target.partition(",")[2] else "an empty picture"
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return f"loads {target} from the network"
    return _problem(parts._replace(fragment="").geturl(), path, pages, root)


def _sheets(folder: Path) -> list[str]:
    """Say which style sheets load something from the network."""
    found = []
    for sheet in sorted(folder.rglob("*.css")):
        for target in _URL.findall(sheet.read_text(encoding="utf-8")):
            if urlsplit(target).scheme in ("http", "https") or target.startswith("//"):
                found.append(f"{sheet.relative_to(folder)}: loads {target} from the network")
    return found
