"""Files of the tab as runs: they are read and written in a worker, not in the window's thread."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rnnstudio.core.names.corpus import Corpus, reading_job
from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.names.report import ReadOptions
from rnnstudio.core.names.statistics import statistics_of
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.data_file import data_file
from rnnstudio.core.session.session import OpenedList
from rnnstudio.core.training import Control, Finished, Training, in_one_step, until_stopped
from rnnstudio.ui.dinosaurs.state import CorpusRead, ModelSaved, TrainingOpened


def read_names_job(path: Path, options: ReadOptions, control: Control) -> Training:
    """Ends with a ``CorpusRead``; raises UserError as ``reading_job`` does."""
    data = until_stopped(control, data_file, path)
    if data is None:
        return
    for event in reading_job(path, options, control):
        if isinstance(event, Finished):
            corpus: Corpus = event.result
            read = CorpusRead(OpenedList(data, corpus), statistics_of(corpus))
            yield replace(event, result=read)
        else:
            yield event


def open_training_job(path: Path, control: Control) -> Training:
    """Ends with a ``TrainingOpened``; raises UserError as ``load_names`` does."""
    return in_one_step(control, _opened, path)


def save_model_job(path: Path, trained: TrainedNames, control: Control) -> Training:
    """Ends with a ``ModelSaved``; a million iterations take seconds to pack."""
    return in_one_step(control, _saved, path, trained, seed=trained.spec.seed)


def _opened(path: Path) -> TrainingOpened:
    trained = load_names(path)
    return TrainingOpened(trained, statistics_of(trained.corpus))


def _saved(path: Path, trained: TrainedNames) -> ModelSaved:
    save_names(path, trained)
    return ModelSaved(trained, path)
