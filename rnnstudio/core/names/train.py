"""Training a network on names by either recipe, from the beginning or from where it was stopped."""

from __future__ import annotations

from rnnstudio.core.errors import UserError
from rnnstudio.core.names.corpus import Corpus
from rnnstudio.core.names.document import require_savable
from rnnstudio.core.names.fast import FastLearner
from rnnstudio.core.names.paper_recipe import PaperLearner
from rnnstudio.core.names.recipes import PaperSpec, Spec, require_same_training
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.names.training_loop import Learner, TrainingLoop
from rnnstudio.core.training import Control, Training


def train(
    spec: Spec, corpus: Corpus, control: Control, begun: TrainedNames | None = None
) -> Training:
    """Train as ``spec`` says: one ``LossPoint`` an iteration, names when they are due.

    Names are sampled after the first iteration, every ``sample_every`` ones, and after the last.
    ``Snapshot``, ``Checkpoint`` and ``Finished`` carry a ``TrainedNames``. While it runs,
    ``control.tuning`` changes the learning rate and the clipping limit.

    With ``begun`` a training goes on where that one was stopped, to the last bit as if it had not
    been. Its fixed settings stay (see ``settings_of``); learning rate and clipping limit are those
    that it had last, unless ``control.tuning`` says otherwise. One that had stopped early is given
    its patience again. Raises UserError before ``Started`` when ``begun`` cannot be continued so;
    later when the loss explodes, after a ``Checkpoint`` of the last good parameters.
    """
    require_savable(spec, corpus)
    if begun is not None:
        _require_continuable(spec, corpus, begun)
    learner = learner_for(spec, corpus, begun)
    if begun is not None and begun.step >= learner.total:
        raise _at_its_end(spec, begun)
    with learner.threads():
        yield from TrainingLoop(learner, spec, corpus, begun).events(control)


def learner_for(spec: Spec, corpus: Corpus, begun: TrainedNames | None) -> Learner:
    """The arithmetic of the recipe, at its beginning or where ``begun`` was stopped."""
    if isinstance(spec, PaperSpec):
        return PaperLearner(spec, corpus, begun)
    return FastLearner(spec, corpus, begun)


def _require_continuable(spec: Spec, corpus: Corpus, begun: TrainedNames) -> None:
    require_same_training(spec, begun.spec)
    if corpus != begun.corpus:
        raise UserError(
            "The training was begun with the names of {source}; it can only be continued with "
            "the same names.",
            source=begun.corpus.source,
        )


def _at_its_end(spec: Spec, begun: TrainedNames) -> UserError:
    if isinstance(spec, PaperSpec):
        return UserError(
            "The training has done {done} iterations; give more to continue it.", done=begun.step
        )
    return UserError(
        "The training has done {done} epochs; give it more to continue it.",
        done=len(begun.held_out),
    )
