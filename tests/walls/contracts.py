"""Who may import what: the arrows of docs/architecture.md as allow-lists.

Each wall names the modules it holds and all that they may import besides the standard library. A
module behind several walls obeys each of them. Names are dotted; ``*`` stands for one part.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Wall:
    """``inside`` (without ``outside``) may import ``may`` and the standard library."""

    name: str
    inside: tuple[str, ...]
    may: tuple[str, ...]
    outside: tuple[str, ...] = ()

    def holds(self, module: str) -> bool:
        """Whether this module stands behind the wall."""
        return within(module, self.inside) and not within(module, self.outside)


def within(name: str, places: tuple[str, ...]) -> bool:
    """Whether the dotted ``name`` is one of the places or inside one."""
    parts = name.split(".")
    return any(
        len(parts) >= len(place.split(".")) and all(map(fnmatchcase, parts, place.split(".")))
        for place in places
    )


CORE = "rnnstudio.core"
UI = "rnnstudio.ui"
TABS = ("inspector", "dinosaurs", "stocks")
BASICS = (
    f"{CORE}.errors",
    f"{CORE}.limits",
    f"{CORE}.messages",
    f"{CORE}.numbers",
    f"{CORE}.training",
    "numpy",
)
"""What every part of core stands on."""
LIBRARIES = ("babel", "jinja2", "msgspec", "numpy", "pandas", "scipy", "sklearn", "threadpoolctl")
"""What core uses of other people's."""
APPLICATION = (
    f"{CORE}.documents",
    f"{CORE}.engine",
    f"{CORE}.cells",
    "rnnstudio.paths",
    "msgspec",
    "pandas",
)
"""What names and stocks are built from, besides the basics."""
BELOW_UI = (CORE, "rnnstudio.workers", "rnnstudio.paths", "rnnstudio.__version__", "numpy")
QT = ("PySide6", "shiboken6", "pyqtgraph")
FORMULAS = ("ziamath",)
"""Sets formulas, for the theme alone."""
SHARED_UI = (
    f"{UI}.pictures",
    f"{UI}.widgets",
    f"{UI}.theme",
    f"{UI}.user_settings",
    f"{UI}.running",
)
"""The parts of the window that every tab may use."""
QT_FREE_UI = (
    f"{UI}.running",
    f"{UI}.*.state",
    f"{UI}.*.events",
    f"{UI}.*.*_state",
    f"{UI}.stocks.*.state",
    f"{UI}.stocks.*.*_state",
    f"{UI}.stocks.tab_events",
    f"{UI}.dinosaurs.curve",
    f"{UI}.dinosaurs.append_only",
    f"{UI}.inspector.beside",
    f"{UI}.inspector.bug_search",
    f"{UI}.inspector.events",
    f"{UI}.inspector.inspector_work",
    f"{UI}.inspector.reduce",
    f"{UI}.inspector.scales",
    f"{UI}.inspector.gate_hues",
    f"{UI}.widgets.axis_ticks",
    f"{UI}.widgets.chart_summary",
    f"{UI}.widgets.label_places",
    f"{UI}.inspector.verdict_words",
    *(
        f"{UI}.inspector.cell.{module}"
        for module in (
            "box_content",
            "card_words",
            "circles",
            "connections",
            "cell_widths",
            "frames",
            "lanes",
            "numbers_table",
            "places",
            "pointer",
            "routes",
            "two_sides",
            "wiring",
        )
    ),
)
"""The states of the tabs and what they are made of, and what charts compute and say."""

NAMES = f"{CORE}.names"
NAMES_LEVELS = {
    "reading": ("reading",),
    "lists": ("report", "listing", "corpus"),
    "networks": ("held_out", "recipes", "history", "trained", "batches", "stepper"),
    "sampling": (
        "novelty",
        "sampler",
        "sampling_steps",
        "name_sampler",
        "sampling_job",
        "letter_quiz",
    ),
    "files": ("network_arrays", "document", "samples_export", "names_scene"),
    "training": ("training_loop", "fast", "paper_recipe", "train", "replay", "pairing"),
    "evaluation": (
        "ngram",
        "statistics",
        "evaluator",
        "evaluate",
        "learning_curve",
        "recipe_comparison",
        "clipping_demo",
        "filmstrip",
        "loss_references",
        "notices",
    ),
}
"""The modules of the generator of names, from a file of names to what its networks are worth."""
NAMES_ARROWS = {
    "reading": (),
    "lists": ("reading",),
    "networks": ("lists",),
    "sampling": ("lists", "networks"),
    "files": ("lists", "networks", "sampling"),
    "training": ("lists", "networks", "sampling", "files"),
    "evaluation": ("lists", "networks", "sampling", "training"),
}
"""The levels that each may know; no arrow runs back."""

STOCKS_UI = f"{UI}.stocks"
STOCKS_UI_PACKAGES = ("validation", "runs", "leakage_demos")
"""The forecaster's pages beyond one split: none knows another, nor the tab."""
STOCKS_UI_LEVELS = {
    "state": ("state", "drawing_state", "claim_state", "home_state", "tab_events"),
    "ground": (
        *("example", "job_runner", "job_thing", "day_names", "figures_table", "candles"),
        *("picture_words", "price_lines", "shares_chart", "days_chart", "marks"),
    ),
    "views": (
        *("*_view", "*_bar", "form", "data_form"),
        *("home", "drawer", "file", "pages"),
    ),
    "holders": ("file_reader", "network_jobs", "settings_forms"),
}
"""The forecaster's own parts, from the lowest on: each knows its own level and those before it.

``analysis_pages`` puts the packages together, ``stocks_views`` all views; ``tab`` stands above all.
"""

STOCKS = f"{CORE}.stocks"
STOCKS_PACKAGES = {
    "data": (),
    "model": ("data",),
    "evaluation": ("data", "model"),
    "validation": ("data", "model", "evaluation"),
    "teaching": ("data", "model", "evaluation"),
    "files": ("data", "model", "evaluation"),
    "export": ("data", "model", "evaluation", "validation", "files"),
}
"""The packages of the forecaster, and those that each may know; no arrow runs back."""
BESIDE_STOCKS = (
    f"{CORE}.keras_engine.execution_mode",
    f"{CORE}.numbers",
    "rnnstudio.__version__",
    *APPLICATION,
    *BASICS,
    "scipy",
    "sklearn",
)
"""What any package of the forecaster may import besides other packages."""
SHOWING = (f"{CORE}.language", f"{CORE}.text_table", "jinja2")
"""For those parts that show sentences and tables in the language that is spoken."""
CSV = f"{STOCKS}.data.csv_import"
CSV_PACKAGES = {
    "vocabulary": (),
    "lines": ("vocabulary",),
    "bytes": ("vocabulary", "lines"),
    "table": ("vocabulary", "lines"),
    "numbers": ("vocabulary", "lines"),
    "days": ("vocabulary", "lines", "numbers"),
    "columns": ("vocabulary", "lines", "table", "numbers", "days"),
    "checks": (),
}
"""The stages of reading a price file, and those that each may know."""
CSV_GROUND = (
    f"{CSV}.options",
    f"{CSV}.excerpt",
    f"{CSV}.findings",
    f"{STOCKS}.data.price_table",
    f"{CORE}.documents",
    *BASICS,
    "pandas",
)
"""What every stage may know: what was asked for, what was found, and the table that comes of it."""


def may_know(
    package: str, packages: dict[str, tuple[str, ...]], inside: str = STOCKS
) -> tuple[str, ...]:
    """The package itself and the other packages of ``inside`` that it may import."""
    return tuple(f"{inside}.{other}" for other in (package, *packages[package]))


def names_at(*levels: str) -> tuple[str, ...]:
    """The modules of these levels of the generator of names."""
    return tuple(f"{NAMES}.{part}" for level in levels for part in NAMES_LEVELS[level])


def stocks_ui(*levels: str) -> tuple[str, ...]:
    """The modules of these levels of the forecaster's tab."""
    return tuple(f"{STOCKS_UI}.{part}" for level in levels for part in STOCKS_UI_LEVELS[level])


def stocks_ui_up_to(level: str) -> tuple[str, ...]:
    """The modules of this level and of those before it."""
    levels = tuple(STOCKS_UI_LEVELS)
    return stocks_ui(*levels[: levels.index(level) + 1])


WALLS = (
    Wall("package", ("rnnstudio",), (), outside=("rnnstudio.*",)),
    Wall("start", ("rnnstudio.__main__",), ("rnnstudio.cli",)),
    Wall("paths", ("rnnstudio.paths",), ()),
    Wall(
        "core",
        (CORE,),
        (CORE, "rnnstudio.paths", "rnnstudio.__version__", *LIBRARIES, "h5py"),
        outside=(f"{CORE}.keras_engine",),
    ),
    Wall(
        "foundation",
        (f"{CORE}.errors", f"{CORE}.limits", f"{CORE}.messages", f"{CORE}.training"),
        BASICS,
    ),
    Wall(
        "language", (f"{CORE}.language",), (f"{CORE}.messages", "rnnstudio.paths", *BASICS, "babel")
    ),
    Wall("text_table", (f"{CORE}.text_table",), (f"{CORE}.language", f"{CORE}.messages")),
    Wall("cells", (f"{CORE}.cells",), (f"{CORE}.cells", "rnnstudio.paths", *BASICS)),
    Wall(
        "engine",
        (f"{CORE}.engine",),
        (
            f"{CORE}.engine",
            f"{CORE}.cells",
            *BASICS,
            "rnnstudio.__version__",
            "threadpoolctl",
        ),
    ),
    Wall(
        "keras_engine",
        (f"{CORE}.keras_engine",),
        (f"{CORE}.keras_engine", f"{CORE}.engine", *BASICS, "keras", "tensorflow"),
    ),
    Wall(
        "documents",
        (f"{CORE}.documents",),
        (f"{CORE}.documents", f"{CORE}.engine", *BASICS, "rnnstudio.__version__", "msgspec"),
    ),
    Wall(
        "models",
        (f"{CORE}.models",),
        (
            f"{CORE}.models",
            f"{CORE}.cells",
            f"{CORE}.documents",
            f"{CORE}.engine",
            f"{CORE}.keras_engine.weights",
            *BASICS,
            "h5py",
            "msgspec",
        ),
    ),
    Wall("names", (NAMES,), (NAMES, *APPLICATION, *BASICS)),
    *(
        Wall(
            f"names_{level}",
            names_at(level),
            (*names_at(level, *arrows), *APPLICATION, *BASICS),
        )
        for level, arrows in NAMES_ARROWS.items()
    ),
    Wall(
        "stocks",
        (f"{CORE}.stocks",),
        (
            f"{CORE}.stocks",
            f"{CORE}.keras_engine.execution_mode",
            f"{CORE}.numbers",
            "rnnstudio.__version__",
            *APPLICATION,
            *BASICS,
            *SHOWING,
            "scipy",
            "sklearn",
        ),
    ),
    *(
        Wall(
            f"stocks_{package}",
            (f"{STOCKS}.{package}",),
            (
                *may_know(package, STOCKS_PACKAGES),
                *BESIDE_STOCKS,
                *(SHOWING if package == "export" else ()),
            ),
        )
        for package in STOCKS_PACKAGES
    ),
    *(
        Wall(
            f"csv_{package}",
            (f"{CSV}.{package}",),
            (*may_know(package, CSV_PACKAGES, CSV), *CSV_GROUND),
        )
        for package in CSV_PACKAGES
    ),
    Wall(
        "lessons",
        (f"{CORE}.lessons",),
        (
            f"{CORE}.lessons",
            f"{CORE}.cells",
            f"{CORE}.documents",
            f"{CORE}.language",
            f"{CORE}.session.kept_scene",
            f"{CORE}.stocks.data.samples",
            "rnnstudio.paths",
            *BASICS,
            "msgspec",
        ),
    ),
    Wall(
        "worksheets",
        (f"{CORE}.worksheets",),
        (f"{CORE}.worksheets", f"{CORE}.cells", f"{CORE}.language", *BASICS),
    ),
    Wall(
        "session",
        (f"{CORE}.session",),
        (
            f"{CORE}.session",
            f"{CORE}.engine.environment",
            f"{CORE}.engine.spec",
            f"{CORE}.names",
            f"{CORE}.stocks",
            f"{CORE}.models",
            f"{CORE}.cells",
            f"{CORE}.documents",
            "rnnstudio.__version__",
            *BASICS,
            "msgspec",
        ),
    ),
    Wall(
        "workers",
        ("rnnstudio.workers",),
        ("rnnstudio.workers", CORE, "PySide6.QtCore", "numpy", "distributed"),
    ),
    Wall("child", ("rnnstudio.workers.keras_child",), (CORE, "rnnstudio.workers.spawned", "numpy")),
    Wall("spawned", ("rnnstudio.workers.spawned",), (f"{CORE}.errors", f"{CORE}.messages")),
    Wall("ui", (UI,), (UI, *BELOW_UI, *QT, *FORMULAS)),
    Wall("states", QT_FREE_UI, (*QT_FREE_UI, CORE, "rnnstudio.paths", "numpy")),
    Wall("shared_ui", SHARED_UI, (*SHARED_UI, *BELOW_UI, *QT, *FORMULAS)),
    Wall(
        "theme",
        (f"{UI}.theme", f"{UI}.user_settings"),
        (f"{UI}.theme", f"{UI}.user_settings", "rnnstudio.paths", *QT, *FORMULAS),
    ),
    *(
        Wall(f"tab_{tab}", (f"{UI}.{tab}",), (f"{UI}.{tab}", *SHARED_UI, *BELOW_UI, *QT))
        for tab in TABS
    ),
    *(
        Wall(
            f"stocks_ui_{level}",
            stocks_ui(level),
            (*stocks_ui_up_to(level), *SHARED_UI, *BELOW_UI, *QT),
        )
        for level in STOCKS_UI_LEVELS
    ),
    *(
        Wall(
            f"stocks_ui_{package}",
            (f"{STOCKS_UI}.{package}",),
            (f"{STOCKS_UI}.{package}", *stocks_ui_up_to("ground"), *SHARED_UI, *BELOW_UI, *QT),
        )
        for package in STOCKS_UI_PACKAGES
    ),
    Wall(
        "stocks_ui_analysis_pages",
        (f"{STOCKS_UI}.analysis_pages",),
        (
            *(f"{STOCKS_UI}.{package}" for package in STOCKS_UI_PACKAGES),
            *stocks_ui_up_to("views"),
            *SHARED_UI,
            *BELOW_UI,
            *QT,
        ),
    ),
    Wall(
        "stocks_ui_stocks_views",
        (f"{STOCKS_UI}.stocks_views",),
        (
            f"{STOCKS_UI}.analysis_pages",
            *stocks_ui_up_to("views"),
            *SHARED_UI,
            *BELOW_UI,
            *QT,
        ),
    ),
    Wall(
        "stocks_ui_stocks_work",
        (f"{STOCKS_UI}.stocks_work",),
        (
            *(f"{STOCKS_UI}.{package}" for package in STOCKS_UI_PACKAGES),
            *stocks_ui_up_to("state"),
            f"{UI}.running",
            *BELOW_UI,
        ),
    ),
    Wall(
        "cli",
        ("rnnstudio.cli",),
        ("rnnstudio.cli", "rnnstudio.selftest", UI, *BELOW_UI, "tqdm", "babel"),
    ),
    Wall("selftest", ("rnnstudio.selftest",), ("rnnstudio.selftest", UI, *BELOW_UI, *QT, "h5py")),
)

HEAVY = (
    "ziamath",
    "babel",
    "jinja2",
    "tensorflow",
    "keras",
    "pandas",
    "scipy",
    "sklearn",
    "torch",
    "h5py",
    "distributed",
)
"""Slow to import, so imported where they are used; everything else is imported at the top."""
LATE = {
    "rnnstudio.cli": ("rnnstudio.ui", "rnnstudio.workers", "rnnstudio.selftest"),
    "rnnstudio.__main__": ("rnnstudio.cli", "multiprocessing"),
    "rnnstudio.cli.main": ("rnnstudio.cli",),
    "rnnstudio.core.session.session_file": ("rnnstudio.core.session",),
    "rnnstudio.ui.tab_set": ("rnnstudio.ui", "rnnstudio.core.session"),
    "rnnstudio.ui.shell.replay_action": ("rnnstudio.core.session",),
    "rnnstudio.ui.shell.dinosaur_picture": ("rnnstudio.core.names",),
}
"""Headless commands start without Qt, nothing is imported before Ctrl+C can be answered, and the
window shows before what is not in sight is there."""


def breaches(package: Path) -> list[str]:
    """Every import in the tree at ``package`` that a wall forbids, as one line each."""
    found = []
    for module, tree in modules(package):
        for name, line in imports(tree):
            found += [
                f"{wall.name}: {module}:{line} imports {name}"
                for wall in WALLS
                if wall.holds(module) and not _allowed(name, wall.may)
            ]
    return found


def inner_imports(package: Path) -> list[str]:
    """Every import inside a function that neither a heavy library nor a late start excuses."""
    found = []
    for module, tree in modules(package):
        late = [name for place, names in LATE.items() if within(module, (place,)) for name in names]
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                found += [
                    f"{module}:{line} imports {name} in {function.name}"
                    for name, line in imports(function)
                    if not within(name, (*HEAVY, *late))
                ]
    return found


def modules(package: Path) -> Iterator[tuple[str, ast.Module]]:
    """The dotted name and the syntax tree of every module of the package."""
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield name, _parse(path.read_text("utf-8"))


@cache
def imports(tree: ast.AST) -> tuple[tuple[str, int], ...]:
    """Every imported name, dotted, and its line; also those inside functions."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [(f"{node.module}.{alias.name}", node.lineno) for alias in node.names]
    return tuple(found)


_parse = cache(ast.parse)
"""Several tests read the same files."""


def _allowed(name: str, may: tuple[str, ...]) -> bool:
    return name.split(".", maxsplit=1)[0] in sys.stdlib_module_names or within(name, may)
