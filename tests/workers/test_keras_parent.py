"""The Keras child process and the program that started it, which is killed or has no output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.workers.keras_trainings import (
    ENDLESS_IMPORT,
    HANG,
    pid_in,
    posix,
    wait_until_gone,
)

pytestmark = [pytest.mark.keras, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
PARENT = """
import sys
from pathlib import Path
import numpy as np
from rnnstudio.core.engine.spec import Dense, Examples, FitSpec, ModelSpec, Recurrent
from rnnstudio.core.training import Control, Progress
from rnnstudio.workers.keras_child import KerasProcess

def train(epochs):
    x = np.zeros((16, 5, 1), np.float32)
    keras = KerasProcess()
    spec = ModelSpec(1, (Recurrent("lstm", 4), Dense(1)))
    data = Examples(x, x[:, 0])
    return keras, keras.fit(spec, FitSpec(epochs=epochs), data, control=Control())
"""
ENDLESS_TRAINING = """
if __name__ == "__main__":
    keras, training = train(1_000_000)
    for event in training:
        if isinstance(event, Progress):
            Path(sys.argv[1]).write_text(f"{keras.pid}\\n")
"""
WITHOUT_OUTPUT = """
if __name__ == "__main__":
    sys.stdout = sys.stderr = None
    keras, training = train(2)
    *_, last = training
    keras.close()
    heavy = sorted({"keras", "tensorflow"} & set(sys.modules))
    with open(sys.argv[1], "w") as file:
        file.write('{"epochs": %d, "heavy": %s}' % (len(last.result.losses), heavy))
"""


@posix
@pytest.mark.parametrize("moment", ["importing", "training"])
def test_when_the_parent_is_killed_the_child_dies_too(tmp_path: Path, moment: str) -> None:
    script, pid_file = tmp_path / "parent.py", tmp_path / "pid"
    script.write_text(PARENT + ENDLESS_TRAINING)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PID_FILE": str(pid_file)}
    if moment == "importing":
        (tmp_path / "tensorflow.py").write_text(ENDLESS_IMPORT)
        environment["PYTHONPATH"] = f"{tmp_path}{os.pathsep}{ROOT}"
    command = [sys.executable, str(script), str(pid_file)]
    with subprocess.Popen(command, env=environment) as parent:
        child = pid_in(pid_file)
        assert psutil.pid_exists(child)
        parent.kill()
    assert wait_until_gone(child)


def test_that_the_parent_needs_no_output_gets_none_and_never_imports_tensorflow(
    tmp_path: Path,
) -> None:
    script, result = tmp_path / "parent.py", tmp_path / "result.json"
    script.write_text(PARENT + WITHOUT_OUTPUT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, str(script), str(result)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        timeout=HANG,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert json.loads(result.read_text()) == {"epochs": 2, "heavy": []}
