"""A hundred different segments at once, beside one of them."""

import json
import re
import sys
from pathlib import Path

from setting import Setting
from table import show, times
from timing import Failed, medians, once

MANY = 100
VERBS = ["opened", "not_opened", "sent", "clicked"]
STATES = ["MA", "RI", "CT", "NY", "MD", "IL", "CA", "TX", "FL", "WA", "CO", "GA"]
TITLES = ["dir", "man", "own", "eng", "sal", "off", "con"]
# Of these the answers are held to those that each gets alone.
CHECKED = [0, 49, 99]


def measure(setting: Setting) -> None:
    rows = []
    files = _write(setting.work / "many")
    for format in setting.formats:
        folder = setting.world.folder(setting.work, format)
        commands = [setting.segkit.command(asked, format, folder) for asked in (files[:1], files)]
        print(f"asking {MANY} segments of {format}", file=sys.stderr)
        try:
            many = once(commands[1])
        except Failed as failed:
            if failed.status == 2 and "unexpected argument" in failed.said:
                print(f"\n{MANY} segments at once: skipped, this segkit takes one criteria file at a time")
                return
            raise
        one = once(commands[0])
        for at in CHECKED:
            _check(many.answer, files[at], once(setting.segkit.command([files[at]], format, folder)).answer)
        walls = medians(commands, setting.runs)
        rows.append([format, f"{walls[0]:.3f}", f"{walls[1]:.3f}", times(walls[1], walls[0])])
        rows[-1] += [f"{one.peak:.0f}", f"{many.peak:.0f}", times(many.peak, one.peak)]
        setting.keep("many", format=format, walls=walls, peaks=[one.peak, many.peak])
    head = ["format", "one, wall s", f"{MANY}, wall s", "ratio"]
    head += ["one, peak MiB", f"{MANY}, peak MiB", "ratio"]
    show(f"{MANY} different segments at once: {setting.world}; medians of {setting.runs} runs", head, rows, 1)


def _write(folder: Path) -> list[Path]:
    """Criteria that all differ, each about campaigns, a list, states and a title."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"segment-{at:02}.json" for at in range(MANY)]
    for at, file in enumerate(files):
        file.write_text(json.dumps({"name": file.stem, **_criteria(at)}, indent=2), encoding="utf-8")
    return files


def _criteria(at: int) -> dict[str, object]:
    def contact(field: str, op: str, value: str) -> dict[str, str]:
        return {"source": "contact", "field": field, "op": op, "value": value}

    # Four verbs and 25 numbers of campaigns: no two of the hundred are the same.
    tracking: dict[str, str | int] = {"source": "tracking", "field": VERBS[at % 4], "op": "contains-any"}
    tracking |= {"const_value": "last-n-campaigns", "param": 1 + at // 4}
    states = [contact("state", "eq", STATES[(at + step) % len(STATES)]) for step in (0, 5)]
    title = contact("title", "starts-with", TITLES[at % len(TITLES)])
    group = [tracking, {"type": "or", "group": states}, title]
    return {"version": "1.0.0", "criteria": {"type": "and", "group": group}}


def _check(many: str, file: Path, alone: str) -> None:
    """The line of this segment among the hundred must hold the count that it gets alone."""
    count = int(alone.split()[0])
    for line in many.splitlines():
        words = re.findall(r"\b\d[\d,]*\b", line.replace(file.stem, ""))
        if file.stem in line and count in [int(word.replace(",", "")) for word in words]:
            return
    sys.exit(f"compare: {file.name} has {count:,} members alone, but not so among {MANY}:\n{many}")
