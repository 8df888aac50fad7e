"""Files of the tab as runs: they are read and written in a worker, not in the window's thread."""

from __future__ import annotations

from pathlib import Path

from rnnstudio.core.names.corpus import read_corpus
from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.names.report import ReadOptions
from rnnstudio.core.names.statistics import statistics_of
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.training import Control, Finished, Pace, Started, Training
from rnnstudio.ui.dinosaurs.state import CorpusRead, ModelSaved, TrainingOpened


def reading_names(path: Path, options: ReadOptions, control: Control) -> Training:
    """Ends with a ``CorpusRead``; raises UserError as ``read_corpus`` does."""
    pace = Pace(control)
    yield Started(1, 0)
    corpus = read_corpus(path, options)
    yield Finished(1, pace.seconds, CorpusRead(corpus, statistics_of(corpus)))


def reading_trained(path: Path, control: Control) -> Training:
    """Ends with a ``TrainingOpened``; raises UserError as ``load_names`` does."""
    pace = Pace(control)
    yield Started(1, 0)
    trained = load_names(path)
    yield Finished(1, pace.seconds, TrainingOpened(trained, statistics_of(trained.corpus)))


def saving(path: Path, trained: TrainedNames, control: Control) -> Training:
    """Ends with a ``ModelSaved``; a million iterations take seconds to pack."""
    pace = Pace(control)
    yield Started(1, trained.spec.seed)
    save_names(path, trained)
    yield Finished(1, pace.seconds, ModelSaved(trained, path))
