"""Files of the tab as runs: they are read and written in a worker, not in the window's thread."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rnnstudio.core.names.corpus import Corpus, content_job, reading_job, shown_name
from rnnstudio.core.names.document import load_names, save_names
from rnnstudio.core.names.report import ReadOptions
from rnnstudio.core.names.statistics import statistics_of
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.data_file import DataFile, data_file
from rnnstudio.core.session.kept_names import OpenedList
from rnnstudio.core.training import Control, Finished, Training, in_one_step, until_stopped
from rnnstudio.ui.dinosaurs.events import CorpusRead, ModelSaved, TrainingOpened


def read_names_job(
    path: Path, options: ReadOptions, known: DataFile | None, control: Control
) -> Training:
    """Ends with a ``CorpusRead`` of the very bytes that it keeps.

    ``known`` is the file as it was when it was opened first, to be read another way: it may be gone
    by now. Raises UserError as ``reading_job`` does.
    """
    data = known or until_stopped(control, data_file, path)
    if data is None:
        return
    if data.content is None:  # too large for a list: a sentence says so
        reading = reading_job(path, options, control)
    else:
        reading = content_job(data.content, shown_name(path), options, control)
    for event in reading:
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
    return TrainingOpened(path, trained, statistics_of(trained.corpus))


def _saved(path: Path, trained: TrainedNames) -> ModelSaved:
    save_names(path, trained)
    return ModelSaved(trained, path)
