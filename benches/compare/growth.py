"""What becomes of segkit's time and memory when the data grow."""

import sys
from dataclasses import replace

from data import World
from setting import Setting
from table import show, times
from timing import medians, once
from tools import criteria

TENFOLD = 10


def scale(setting: Setting, base: World) -> None:
    """Ten times the contacts and ten times the activities."""
    large = replace(base, contacts=base.contacts * TENFOLD, activities=base.activities * TENFOLD)
    rows = []
    for format in setting.formats:
        folders = [world.folder(setting.work, format) for world in (base, large)]
        for question in setting.questions:
            print(f"asking {question} of {format}, small and large", file=sys.stderr)
            commands = [setting.segkit.command([criteria(question)], format, folder) for folder in folders]
            peaks = [once(command).peak for command in commands]
            walls = medians(commands, setting.runs)
            row = [format, question, *(f"{wall:.3f}" for wall in walls), times(walls[1], walls[0])]
            rows.append([*row, *(f"{peak:.0f}" for peak in peaks), times(peaks[1], peaks[0])])
            setting.keep("scale", format=format, question=question, walls=walls, peaks=peaks)
    head = ["format", "question", "wall s", f"{TENFOLD} ×, wall s", "ratio"]
    head += ["peak MiB", f"{TENFOLD} ×, peak MiB", "ratio"]
    show(f"{TENFOLD} times the rows: from {base}, to {large}; medians of {setting.runs} runs", head, rows)


def active(setting: Setting) -> None:
    """Ten times the activities of the same contacts, with as many openers as before and with ten times
    as many. Campaigns share the activities evenly, so that ten times the campaigns leave those of the
    last five as they were."""
    many = setting.world
    few = replace(many, activities=many.activities // TENFOLD)
    older = replace(many, campaigns=many.campaigns * TENFOLD)
    worlds = {
        "a tenth of the activities": few,
        "all, of ten times the campaigns": older,
        "all, of the same campaigns": many,
    }
    rows = []
    for format in setting.formats:
        first = None
        for name, world in worlds.items():
            folder = world.folder(setting.work, format)
            print(f"asking b of {format}, {name}", file=sys.stderr)
            asked = once(setting.segkit.command([criteria("b")], format, folder))
            first = first or asked.peak
            members = int(asked.answer.split()[0])
            row = [format, name, f"{world.activities:,}", f"{world.campaigns:,}", f"{members:,}"]
            rows.append([*row, f"{asked.peak:.1f}", times(asked.peak, first)])
            setting.keep("active", format=format, world=vars(world), members=members, peak=asked.peak)
    head = ["format", "activities", "rows", "campaigns", "members of b", "peak MiB", "ratio"]
    show(f"Memory by contacts that matched: {many.contacts:,} contacts, seed {many.seed}", head, rows)
