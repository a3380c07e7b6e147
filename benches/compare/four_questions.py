"""The same four questions to segkit and to its peers: time, memory, and whether all give one answer."""

import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from setting import Setting
from table import show, times
from timing import Once, logged_median, medians, once
from tools import PEERS, QUESTIONS, count_lines, criteria

HEAD = [
    "question", "tool", "members",
    "wall s", "segkit / it", "query alone s", "segkit / it", "peak MiB", "segkit / it",
]  # fmt: skip


@dataclass
class Line:
    """What was measured of one tool."""

    tool: str
    members: int | None = None
    peak: float | None = None
    wall: float = 0.0
    query: float | None = None


def measure(setting: Setting) -> None:
    print("\nThe four questions")
    for name in setting.questions:
        print(f"  {name}: {QUESTIONS[name]}")
    for format in setting.formats:
        folder = setting.world.folder(setting.work, format)
        rows = []
        for question in setting.questions:
            print(f"asking {question} of {format}", file=sys.stderr)
            lines = _ask(setting, question, format, folder)
            rows += [_row(question, line, lines[0]) for line in lines]
            for line in lines:
                setting.keep("questions", question=question, format=format, **vars(line))
        show(f"{format}: {setting.world}; medians of {setting.runs} runs", HEAD, rows)


def _ask(setting: Setting, question: str, format: str, folder: Path) -> list[Line]:
    with TemporaryDirectory() as logs:
        commands = {"segkit": setting.segkit.command([criteria(question)], format, folder)}
        log = {peer.name: Path(logs) / peer.name for peer in setting.peers}
        for peer in setting.peers:
            commands[peer.name] = peer.command(question, format, folder, log[peer.name])
        lines = []
        for tool, command in commands.items():
            answer = once(command)
            lines.append(Line(PEERS.get(tool, tool), _members(answer), answer.peak))
        _check(question, format, lines)
        for file in log.values():
            file.unlink()
        walls = medians([*commands.values(), count_lines(question, format, folder)], setting.runs)
        lines.append(Line("wc -l"))
        for line, wall in zip(lines, walls):
            line.wall = wall
        for line, peer in zip(lines[1:], setting.peers):
            line.query = logged_median(log[peer.name])
        return lines


def _members(answer: Once) -> int:
    return int(answer.answer.split()[0])


def _check(question: str, format: str, lines: list[Line]) -> None:
    if len({line.members for line in lines}) > 1:
        counts = ", ".join(f"{line.tool} {line.members:,}" for line in lines)
        sys.exit(f"compare: the tools disagree on the members of {question} in {format}: {counts}")


def _row(question: str, line: Line, segkit: Line) -> list[str]:
    own = line is segkit
    row = [question, line.tool, "" if line.members is None else f"{line.members:,}"]
    row += [f"{line.wall:.3f}", "" if own else times(segkit.wall, line.wall)]
    row += ["", ""] if line.query is None else [f"{line.query:.3f}", times(segkit.wall, line.query)]
    if line.peak is None or segkit.peak is None:
        return [*row, "", ""]
    return [*row, f"{line.peak:.0f}", "" if own else times(segkit.peak, line.peak)]
