"""Lines of Python that write a file which opens here, to be copied."""

from __future__ import annotations

KERAS_LINES = 'model.save("model.keras")'
TORCH_LINES = """\
from safetensors.torch import save_file
save_file(model.state_dict(), "model.safetensors", metadata={"layers": str(model)})"""
"""Of a PyTorch model, with the order of its layers."""
NUMPY_LINES = """\
import numpy as np
np.savez("cell.npz", Wf=Wf, bf=bf, Wi=Wi, bi=bi, Wc=Wc, bc=bc, Wo=Wo, bo=bo, Wy=Wy, by=by)"""
SCALER_LINES = """\
import json
from pathlib import Path
parameters = {"names": ["Close"], "min_": scaler.min_.tolist(), "scale_": scaler.scale_.tolist()}
scalers = json.dumps({"inputs": parameters, "outputs": parameters})
Path("model.scaler.json").write_text(scalers)"""
"""Of a scaler of scikit-learn, beside the model."""
