// The start page: the cell asks, tiles fill with points, and links open in the JupyterLab that is
// open already. Without a learner's server behind it the page shows no progress and keeps no guess.

const LAB = "lstm-lab"; // the name of JupyterLab's window

// ---- the way into JupyterLab: a notebook opens beside those that are open, nothing is loaded anew
const openInLab = (link) => {
  const lab = window.opener?.jupyterapp ? window.opener : window.open("", LAB);
  if (lab.jupyterapp) {
    lab.jupyterapp.commands.execute("docmanager:open", { path: link.dataset.path });
    lab.focus();
  } else lab.location = link.href;
};

// ---- progress; returns what keeps the guess
const startPage = (root) => {
  const find = (selector) => root.querySelector(selector);
  const all = (selector) => [...root.querySelectorAll(selector)];
  const rows = new Map(all(".list li").map((row) => [row.dataset.lesson, row]));
  const linkTo = (folder, name) => find(`.list a[data-path="${folder}/${name}.ipynb"]`);
  const titleOf = (name) => rows.get(name).querySelector(".title").textContent;

  // what stays the same is left alone: somebody may stand on it with the keyboard
  const fill = (node, ...children) => {
    const fresh = make("div", {}, ...children);
    if (fresh.innerHTML !== node.innerHTML) node.replaceChildren(...fresh.childNodes);
  };
  const copied = (link, text, attributes = {}) => make("a", {
    href: link.href, target: link.target, "data-path": link.dataset.path, ...attributes,
  }, text);
  const setTile = (tile, one) => {
    const best = Number(rows.get(tile.dataset.lesson).dataset.best);
    tile.style.setProperty("--fill", `${(100 * one.points) / best}%`);
    tile.querySelector(".points").textContent = `${one.done ? "✓ " : ""}${one.points}/${best}`;
    tile.setAttribute("aria-label", `${tile.dataset.title}, ${one.points} of ${best} points`);
  };
  const setRow = (row, one) => {
    row.classList.toggle("done", one.done);
    row.querySelector(".points").textContent = `${one.done ? "✓ " : ""}${one.points} of ${row.dataset.best} points`;
  };
  const setNext = (next) => {
    const [folder, name] = next ?? [];
    for (const tile of all(".tile")) tile.classList.toggle("here", tile.dataset.lesson === name);
    find(".go").hidden = !next;
    if (!next) return;
    const { href, dataset: { path } } = linkTo(folder, name);
    const [number, topic] = titleOf(name).split(" · ");
    const text = `Go on with ${folder === "notebooks" ? titleOf(name) : `exercise ${number} · ${topic}`}`;
    Object.assign(find(".go"), { href, textContent: text }).dataset.path = path;
  };
  const setSum = (lessons, next) => {
    const names = Object.keys(lessons);
    const sum = (value) => names.reduce((total, name) => total + value(name), 0);
    find(".sum").hidden = !names.length;
    find(".sum").textContent = `You have ${sum((name) => lessons[name].points)} of ${sum((name) => Number(rows.get(name).dataset.best))} points.${next ? "" : " Every exercise is passed."}`;
    const others = names.filter((name) => lessons[name].begun && !lessons[name].done && next?.join("/") !== `exercises/${name}`);
    find(".begun").hidden = !others.length;
    fill(find(".begun"), "Begun: ", ...others.flatMap((name, k) => [k ? ", " : "", copied(linkTo("exercises", name), `exercise ${name.slice(0, 2)}`)]));
  };
  const setNotes = (lessons) => {
    const odd = Object.entries(lessons).filter(([, one]) => one.note);
    find(".notes").hidden = !odd.length;
    fill(find(".notes"), ...odd.map(([name, one]) => make("li", {}, `Exercise ${name.slice(0, 2)}: ${one.note}. `, make("code", {}, "lstm-course update"), " in JupyterLab's terminal may help.")));
  };
  const setIntuition = (known) => {
    find(".intuition").hidden = !known;
    if (!known) return;
    const { guessed, asked, close, surprises } = known;
    find(".share").textContent = `You guessed ${guessed} of ${asked} predictions, and ${close} of them came close.`
      + (surprises.length ? " What surprised you most:" : "");
    fill(find(".intuition ul"), ...surprises.map(({ question, said, was, lesson }) => make("li", {},
      make("i", {}, ...typeset(question)), ` You said ${said}; the answer was ${was}. `,
      ...(rows.has(lesson) ? [copied(linkTo("notebooks", lesson), `Lesson ${lesson.slice(0, 2)}`)] : []))));
  };
  const show = ({ lessons, next, intuition }) => {
    for (const tile of all(".tile")) if (lessons[tile.dataset.lesson]) setTile(tile, lessons[tile.dataset.lesson]);
    for (const [name, one] of Object.entries(lessons)) setRow(rows.get(name), one);
    setNext(next);
    setSum(lessons, next);
    setNotes(lessons);
    setIntuition(intuition);
  };

  const refresh = async () => {
    const answer = await fetch(root.dataset.progress).catch(() => null); // the server has ended
    if (answer?.ok) show(await answer.json());
  };
  if (!root.dataset.progress) return () => {};
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-path]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openInLab(link);
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
  window.addEventListener("focus", refresh);
  refresh();
  return async (verb) => { // a guess like those of the lessons: lesson 00 does not ask again
    const token = /\b_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? "";
    await fetch(root.dataset.progress, { method: "POST", headers: { "X-XSRFToken": token }, body: JSON.stringify({ verb }) }).catch(() => null);
    refresh();
  };
};

for (const root of document.querySelectorAll(".lstm-start")) {
  const place = root.querySelector(".reading");
  const data = JSON.parse(place.querySelector("script").textContent);
  mountReading(place, data, startPage(root)).begin();
}
// the address that the terminal prints has the token in it; it is in a cookie by now
if (location.search.includes("token=")) history.replaceState(null, "", location.pathname + location.hash);
