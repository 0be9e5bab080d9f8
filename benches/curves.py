"""Draws measured curves as SVG files, the same bytes for the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib import pyplot

if TYPE_CHECKING:
    from pathlib import Path

mpl.use("svg")
# Labels stay strings, and the file contains nothing random.
mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "presigned", "font.family": "sans-serif", "font.size": 10})
COLOURS = ("#0b5cad", "#d1581b", "#3a8a3f", "#7a4ea3")


@dataclass(frozen=True)
class Curve:
    """The measured values, and where on the axis they are."""

    name: str
    points: list[tuple[float, float]]


@dataclass(frozen=True)
class Figure:
    """Curves with a common axis."""

    #: The name of the file, without its suffix.
    name: str
    title: str
    x_label: str
    y_label: str
    is_log: bool
    curves: list[Curve]

    def draw(self, folder: Path) -> None:
        """Writes the SVG file."""
        figure, axes = pyplot.subplots(figsize=(6.4, 3.6), layout="constrained")
        for curve, colour in zip(self.curves, COLOURS, strict=False):
            axes.plot(*zip(*curve.points, strict=True), marker="o", markersize=3.5, color=colour, label=curve.name)
        if self.is_log:
            axes.set_xscale("log")
        axes.set(title=self.title, xlabel=self.x_label, ylabel=self.y_label)
        axes.set_ylim(bottom=0)
        axes.grid(visible=True, color="#dddddd", linewidth=0.6)
        axes.spines[["top", "right"]].set_visible(False)
        if len(self.curves) > 1:
            axes.legend(frameon=False)
        figure.savefig(folder / f"{self.name}.svg", metadata={"Date": None})
        pyplot.close(figure)

    def table(self) -> str:
        """The numbers as a Markdown table."""
        places = [f"{place:g}" for place, _ in self.curves[0].points]
        lines = [f"| {self.x_label} | " + " | ".join(places) + " |", "|---|" + "---|" * len(places)]
        lines += (
            f"| {curve.name} | " + " | ".join(f"{value:#.3g}" for _, value in curve.points) + " |"
            for curve in self.curves
        )
        return "\n".join(lines)
