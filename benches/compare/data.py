"""The data of a comparison: seeded worlds of benches/generate, kept in the work folder by their options."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class World:
    contacts: int
    activities: int
    seed: int
    campaigns: int = 100

    def __str__(self) -> str:
        return (
            f"{self.contacts:,} contacts, {self.activities:,} activities,"
            f" {self.campaigns:,} campaigns, seed {self.seed}"
        )

    def folder(self, work: Path, format: str) -> Path:
        """The folder of its contacts, activities and campaigns, generated if they aren't there yet."""
        options = {"contacts": self.contacts, "activities": self.activities}
        options |= {"campaigns": self.campaigns, "seed": self.seed}
        name = "-".join(f"{key}-{value}" for key, value in options.items())
        folder = work / "data" / name / format
        if folder.exists():
            return folder
        print(f"generating {self}, as {format}", file=sys.stderr)
        # What was broken off must not be taken for whole.
        part = folder.with_name(f"{format}.part")
        shutil.rmtree(part, ignore_errors=True)
        command = ["cargo", "bench", "--quiet", "--locked", "--bench", "generate", "--"]
        command += ["--out", str(part), "--format", format, "--as-of", "2024-06-01"]
        for key, value in options.items():
            command += [f"--{key}", str(value)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)
        part.rename(folder)
        return folder
