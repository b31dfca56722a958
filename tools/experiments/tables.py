"""The tables of docs/measured.md, out of the stored results.

Run: python -m tools.experiments.tables. A test holds the page equal to what this prints.
"""

import numpy as np

from lstm_course.training.results import load_results


def row(*cells: object) -> str:
    """Return one line of a Markdown table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(head: list, rows: list[list]) -> list[str]:
    """Return the lines of a Markdown table."""
    return [row(*head), row(*("---" for _ in head)), *(row(*cells) for cells in rows)]


def percent(shares: object) -> str:
    """Return shares as percents, such as 0/12/100."""
    return "/".join(f"{100 * share:.0f}" for share in np.atleast_1d(shares))


def starts() -> list[str]:
    """Return, for each kernel and start, the runs solved at each lag."""
    stored, lines = load_results("starts"), []
    for kernel, groups in stored["kernels"].items():
        rows = []
        for group, settings in groups.items():
            for name, by_lag in settings.items() if group != "numpy" else ():
                rows.append([group, name, *(solved(by_lag, lag) for lag in stored["lags"])])
        head = [f"kernel {kernel}", "start", *(f"lag {lag}" for lag in stored["lags"])]
        lines += [*table(head, rows), ""]
    return lines


def solved(by_lag: dict, lag: int) -> str:
    """Return "4 of 5", or a dash where nothing was run."""
    runs = by_lag.get(str(lag))
    return f"{sum(share > 0.95 for share, _ in runs)} of {len(runs)}" if runs else "–"


def controls() -> list[str]:
    """Return, for each way to set the gates, the range over the seeds and the counts."""
    stored = load_results("controls")
    rows = []
    for way in stored["verbs"]["0"]:
        lag = [seed[way] for seed in stored["lag 20"].values()]
        verbs = np.array([seed[way] for seed in stored["verbs"].values()])
        words = [seed[way] for seed in stored["next word"].values()]
        rows.append(
            [
                way,
                f"{percent(min(lag))}–{percent(max(lag))}",
                percent(np.median(verbs, axis=0)),
                f"{(verbs.min(axis=1) >= 0.98).sum()} of {len(verbs)}",
                f"{min(words):.2f}–{max(words):.2f}",
            ]
        )
    head = ["gates", "lag 20, right %", "verbs right %, 0–4 attractors, median"]
    return table([*head, "seeds with ≥ 98 % at all", "next word, nats"], rows)


def holding() -> list[str]:
    """Return, for each seed, its unit and the worst error at 1 to 4 attractors after each cut."""
    cats = load_results("holding")["cats"]
    cuts = list(cats["0"]["errors"])
    rows = []
    for seed, cat in cats.items():
        worst = [percent(max(cat["errors"][cut][1:])) for cut in cuts]
        mark = "yes" if cat["decisive"] else "no"
        rows.append([seed, cat["unit"], mark, percent(cat["gates"]["i_open"]), *worst])
    return table(["seed", "unit", "decisive", "i > .9, %", *cuts], rows)


def holding_lag() -> list[str]:
    """Return, for each seed, what each cut leaves of the answers on lag 20."""
    lag = load_results("holding")["lag"]
    cuts = [name for name in lag["0"] if name not in ("f_mean", "kept_since_cue")]
    rows = [[seed, *(percent(cell[cut]) for cut in cuts)] for seed, cell in lag.items()]
    return table(["seed", *cuts], rows)


def adding() -> list[str]:
    """Return, for each start, the seeds solved and the sequences that they took."""
    rows = []
    for start, runs in load_results("adding")["runs"].items():
        taken = sorted(sequences for sequences, wrong in runs if wrong < 0.01)
        spread = f"{taken[0]:,}–{taken[-1]:,}" if taken else "–"
        failed = [str(seed) for seed, (_, wrong) in enumerate(runs) if wrong >= 0.01]
        rows.append([start, f"{len(taken)} of {len(runs)}", spread, ", ".join(failed) or "none"])
    return table(["start", "solved", "sequences seen", "seeds not solved"], rows)


TABLES = {f.__name__: f for f in (starts, controls, holding, holding_lag, adding)}


def main() -> None:
    """Print every table."""
    for name, make in TABLES.items():
        print(name, "", *make(), "", sep="\n")


if __name__ == "__main__":
    main()
