"""What a session's file holds, as plain data: files, settings, networks, figures, versions."""

from __future__ import annotations

from dataclasses import asdict, astuple
from pathlib import Path
from typing import Any

from rnnstudio.core.documents.document_file import header_of
from rnnstudio.core.names.recipes import recipe_of
from rnnstudio.core.names.trained import TrainedNames
from rnnstudio.core.session.data_file import DataFile
from rnnstudio.core.session.kept_names import NamesWork
from rnnstudio.core.session.kept_prices import StocksWork
from rnnstudio.core.session.kept_scene import InspectorWork
from rnnstudio.core.session.session_file import open_without_moved
from rnnstudio.core.session.session_networks import (
    SessionNetwork,
    names_networks,
    stocks_networks,
    stocks_runs,
)
from rnnstudio.core.stocks.export.forecast_json import plain
from rnnstudio.core.stocks.files.runs import RunEntry
from rnnstudio.core.stocks.model.forecaster import TrainedForecaster


def session_json(path: Path) -> dict[str, Any]:
    """What the session in the file at ``path`` holds.

    Tabs that were never looked at are None, and so are numbers that are not finite. Data that moved
    are under ``moved``. Raises UserError as ``open_session`` does.
    """
    header, (session, moved) = header_of(path), open_without_moved(path)
    return plain(
        {
            "kind": header.kind,
            "version": header.version,
            "written_by": dict(header.written_by),
            "tab": session.tab,
            "inspector": _inspector(session.inspector),
            "names": None if session.names is None else _names(session.names),
            "stocks": None if session.stocks is None else _stocks(session.stocks),
            "moved": [_file("moved", each) for each in moved],
        }
    )


def _inspector(work: InspectorWork) -> dict[str, Any]:
    sides = [work.side] if work.beside is None else [work.side, work.beside]
    return {
        "scenes": [
            {
                "cell": side.scene.cell.name,
                "origin": str(side.scene.origin),
                "fault": None if side.scene.fault is None else side.scene.fault.name,
                "edited": side.scene is not side.chosen,
            }
            for side in sides
        ]
    }


def _names(work: NamesWork) -> dict[str, Any]:
    return {
        "files": [] if work.opened is None else [_file("list", work.opened.data)],
        "recipe": recipe_of(work.spec),
        "spec": asdict(work.spec),
        "networks": [_network(each, each.trained is work.trained) for each in names_networks(work)],
    }


def _stocks(work: StocksWork) -> dict[str, Any]:
    opened = {"prices": work.prices, "test": work.test, "newer": work.newer}
    front = None if work.front is None else work.front.trained
    return {
        "files": [_file(role, each.data) for role, each in opened.items() if each is not None],
        "spec": asdict(work.spec),
        "networks": [
            _network(network, network.trained is front) | _run(run)
            for network, run in zip(stocks_networks(work), stocks_runs(work), strict=True)
        ],
        "accesses": {
            digest: [list(span) for span in log.spans] for digest, log in work.accesses.items()
        },
    }


def _file(role: str, data: DataFile) -> dict[str, Any]:
    return {
        "role": role,
        "path": str(data.path),
        "sha256": data.digest,
        "bytes": data.size,
        "by_value": data.content is not None,
    }


def _network(network: SessionNetwork, in_front: bool) -> dict[str, Any]:
    trained = network.trained
    own = _names_figures(trained) if isinstance(trained, TrainedNames) else _figures(trained)
    return {
        "name": network.name,
        "in_front": in_front,
        "spec": asdict(trained.spec),
        "seconds": trained.seconds,
        **own,
        "environments": [asdict(each) for each in network.environments],
    }


def _names_figures(trained: TrainedNames) -> dict[str, Any]:
    return {
        "recipe": recipe_of(trained.spec),
        "source": trained.corpus.source,
        "iterations": trained.step,
        "unit": f"nats {trained.unit}",
        "loss": float(trained.smoothed[-1]) if trained.step else None,
        "held_out_loss": trained.best_held_out,
        "tunings": [[tuned.step, *astuple(tuned.tuning)] for tuned in trained.tunings],
    }


def _figures(trained: TrainedForecaster) -> dict[str, Any]:
    model = trained.model
    watched = model.held_out_losses
    return {
        "source": trained.split.table.source,
        "epochs": len(model.losses),
        "stopped_after": trained.stopped_after,
        "loss": float(model.losses[-1]) if len(model.losses) else None,
        "held_out_loss": float(watched.min()) if watched is not None and len(watched) else None,
    }


def _run(run: RunEntry) -> dict[str, Any]:
    evaluation = run.evaluation
    return {
        "when": run.when.isoformat(),
        "rmse": None if evaluation is None else float(evaluation.forecast.rmse),
        "accesses": [list(span) for span in run.accesses.spans],
    }
