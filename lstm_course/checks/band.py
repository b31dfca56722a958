"""The picture of a check: what was set, against the band that the task allows."""

from ..exercises import Band


def drawn(band: Band) -> str:
    """Return the picture as an image for a page, its words in the alt text.

    Matplotlib takes a second to load, and only a notebook needs the picture.
    """
    from ..plots import vector
    from ..plots.band import plot_band
    from ..plots.shown import image_tag

    ax = plot_band(band.seen, band.goal, band.within, name=band.name, broke=band.broke)
    size = tuple(90 * inches for inches in ax.figure.get_size_inches())
    return image_tag(vector.alone(ax.figure), _words(band), size)


def _words(band: Band) -> str:
    seen, goal = (row[band.broke - 1] for row in (band.seen, band.goal))
    return (
        f"Your {band.name} over {len(band.seen)} steps, and the band that is allowed. It first "
        f"leaves the band at step {band.broke}, with {seen:.2f} where {goal:.2f} is asked for."
    )
