"""Whether work is lost, code run or anything left behind, whatever is done to the application.

Processes are killed as they save and as somebody works in them, places are made unfit to write to,
files are changed, trainings started and stopped, and the Keras process is broken; each in processes
of their own (``benchmarks/fault_injection/``). POSIX only: it sends signals and sets limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from benchmarks.fault_injection.keras_faults import KerasFaults, break_keras
from benchmarks.fault_injection.opening import Opened, open_mutations
from benchmarks.fault_injection.places import Places, write_to_bad_places
from benchmarks.fault_injection.saving import SavingKills, kill_while_saving
from benchmarks.fault_injection.starts import Starts, start_and_cancel
from benchmarks.fault_injection.working import WorkingKills, kill_while_working
from benchmarks.report import Goal, Report
from benchmarks.timing import say


@dataclass(frozen=True)
class Plan:
    """How often each is done; the defaults are the benchmark."""

    saving: int = 160
    working: int = 40
    mutations: int = 10_000
    starts: int = 200
    keras: int = 50


PLAN = Plan()


def goals(plan: Plan) -> tuple[Goal, ...]:
    """That all was done, and nothing came of it."""
    return (
        Goal("kills", plan.saving + plan.working, least=True),
        Goal("lost", 0),
        Goal("oldest_s", 30),
        Goal("mutations", plan.mutations, least=True),
        Goal("escaped", 0),
        Goal("slowest_s", 2),
        Goal("peak_mb", 200),
        Goal("starts", 3 * plan.starts + plan.keras, least=True),
        Goal("leftovers", 0),
        Goal("growth_percent", 5),
    )


@dataclass(frozen=True)
class Findings:
    """What each kind of fault did."""

    saving: SavingKills
    working: WorkingKills
    places: Places
    opened: Opened
    starts: Starts
    keras: KerasFaults

    @property
    def lost(self) -> list[str]:
        """What was not there any more, or went otherwise than it should."""
        return [*self.saving.lost, *self.working.lost, *self.places.wrong, *self.keras.wrong]

    @property
    def left(self) -> list[str]:
        """What was left running or lying about."""
        return [*self.saving.litter, *self.starts.left, *self.keras.starts.left]

    def figures(self) -> dict[str, float]:
        """The promises' figures."""
        starts, again = self.starts, self.keras.starts
        return {
            "kills": self.saving.kills + self.working.kills,
            "lost": len(self.lost),
            "oldest_s": self.working.oldest_s,
            "mutations": self.opened.mutations,
            "escaped": len(self.opened.escaped),
            "slowest_s": self.opened.slowest_s,
            "peak_mb": self.opened.peak_mb,
            "starts": starts.starts + again.starts,
            "leftovers": len(self.left),
            "growth_percent": max(starts.growth_percent, again.growth_percent),
        }

    def details(self) -> dict[str, Any]:
        """What the figures are made of."""
        return {
            "lost": self.lost,
            "left": self.left,
            "escaped": self.opened.escaped,
            "kills_within_a_write": self.saving.torn,
            "changes_in_windows": self.working.changes,
            "windows_with_work_kept": self.working.kept,
            "places": self.places.tried,
            "sentences": self.places.sentences | self.keras.sentences,
            "keras_stopped_s": self.keras.stopped_s,
            "mutations_read": self.opened.read,
            "mutations_refused": self.opened.refused,
            "slowest": self.opened.slowest,
            "megabytes": self.starts.megabytes | self.keras.starts.megabytes,
        }


def measure(plan: Plan = PLAN) -> Report:
    """All faults, one kind after the other."""
    say("faults: killing processes that save, and windows in which somebody works")
    saving, working = kill_while_saving(plan.saving), kill_while_working(plan.working)
    say("faults: writing to places that cannot be written to")
    places = write_to_bad_places()
    say("faults: opening changed files")
    opened = open_mutations(plan.mutations)
    say("faults: starting and stopping in each tab, and with Keras")
    starts, keras = start_and_cancel(plan.starts), break_keras(plan.keras)
    found = Findings(saving, working, places, opened, starts, keras)
    figures = found.figures()
    return Report(
        figures={**figures, "details": found.details()},
        rows=[{"figure": name, "measured": value} for name, value in figures.items()],
        notes=_notes(plan),
        goals=goals(plan),
    )


def _notes(plan: Plan) -> list[str]:
    kills = f"{plan.saving} of the kills are of processes that save, {plan.working} of windows"
    return [
        kills,
        "lost also counts what went wrong in places that cannot be written to and with Keras",
        "oldest_s: from the newest state that came back to the kill, or from the window's start",
        "slowest_s: the processor's time of one file, which other programs do not lengthen",
        "peak_mb: beyond what the application takes before it opens a file",
    ]
