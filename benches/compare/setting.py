"""What every measurement of one run is given."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data import World
from tools import Peer, Segkit


@dataclass
class Setting:
    work: Path
    world: World
    segkit: Segkit
    peers: list[Peer]
    questions: list[str]
    formats: list[str]
    runs: int
    figures: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """The raw figures of each measurement, for --json."""

    def keep(self, measurement: str, **figures: Any) -> None:
        self.figures.setdefault(measurement, []).append(figures)
