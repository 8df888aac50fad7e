"""What the bundle leaves out of what its libraries bring, and why.

``rnnstudio.spec`` reads it; a test runs the whole self-test and looks that nothing of this is ever
imported. Paths are those in the bundle, with slashes, as ``fnmatch`` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

_ESTIMATORS = (
    "_isotonic", "_loss", "calibration", "cluster", "compose", "covariance", "cross_decomposition",
    "datasets", "decomposition", "discriminant_analysis", "dummy", "ensemble", "experimental",
    "feature_extraction", "feature_selection", "gaussian_process", "impute", "isotonic",
    "kernel_approximation", "linear_model", "manifold", "mixture", "multiclass", "multioutput",
    "naive_bayes", "neighbors", "neural_network", "pipeline", "random_projection",
    "semi_supervised", "svm", "tree",
)  # fmt: skip
UNUSED_MODULES = {
    "readline": "under the GPL, and nobody types Python here",
    "sqlite3": "no database",
    "ssl": "no network",
    "_ssl": "no network",
    "_hashlib": "OpenSSL's copies of the sums that Python has itself",
    "PySide6.QtNetwork": "no network",
    "grpc": "TensorFlow's cluster",
    "tensorboard": "another program",
    "torch": "the benchmarks' and no part of the application",
    "jax": "another engine of Keras",
    "distributed": "a cluster's, which only a checkout starts",
    "dask": "a cluster's, which only a checkout starts",
    "matplotlib": "pandas could draw with it",
    "PIL": "Keras could read pictures with it",
    "OpenGL": "pyqtgraph's three dimensions",
    "IPython": "pyqtgraph's console",
    "tkinter": "another toolkit",
    "pytest": "the tests'",
    "_pytest": "the tests'",
    "hypothesis": "the tests'",
    "mypy": "the tests'",
    "PyInstaller": "what builds it",
    **{f"sklearn.{name}": "scaling, measures and grids are all we take" for name in _ESTIMATORS},
    "scipy.cluster": "of scikit-learn's clusters",
    "scipy.io": "files of other programs",
    "keras.src.backend.jax": "another engine of Keras",
    "keras.src.backend.openvino": "another engine of Keras",
    "keras.src.backend.torch": "another engine of Keras",
    "PySide6.QtDBus": "Qt speaks it without Python",
    "numpy._core._multiarray_tests": "NumPy's own tests",
    "pygments": "rich could colour code with it",
    "setuptools": "what installs",
    "pkg_resources": "what installs",
}
"""Modules, each with all below it, and why nobody misses them."""

UNUSED_FILES = {
    "PySide6/Qt/translations/*": "Qt's sentences are in our catalogues",
    "PySide6/Qt/qml/*": "no QML",
    "PySide6/Qt/plugins/egldeviceintegrations/*": "no desktop runs on it",
    "PySide6/Qt/plugins/generic/*": "devices without a desktop",
    "PySide6/Qt/plugins/networkinformation/*": "no network",
    "PySide6/Qt/plugins/tls/*": "no network",
    "PySide6/Qt/plugins/platforms/libqeglfs.so": "no desktop",
    "PySide6/Qt/plugins/platforms/libqlinuxfb.so": "no desktop",
    "PySide6/Qt/plugins/platforms/libqminimal*.so": "for Qt's own tests",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay.so": "no desktop",
    "PySide6/Qt/plugins/platforms/libqvnc.so": "no network",
    "PySide6/Qt/plugins/platformthemes/libqgtk3.so": "the theme is ours; GTK would be 20 MB",
    "*libQt6EglFS*": "of the plugins above",
    "*libQt6EglFs*": "of the plugins above",
    "*libQt6Network.so*": "no network",
    "libcups.so.2": "who has a printer has his system's own",
    "tensorflow/compiler/mlir/stablehlo/*": "a format of other programs",
    "tensorflow/compiler/tf2xla/ops/_xla_ops.so": "XLA's operations, called by name alone",
    "*.dist-info/RECORD": "for pip, which is not here",
    "tensorflow/THIRD_PARTY_NOTICES.txt": "among the licences",
    "sklearn/*/*.tp": "for compilers",
    "sklearn/datasets/*": "scikit-learn's own examples",
    "sklearn/svm/*": "for compilers",
    "sklearn/*.h": "for compilers",
    "sklearn/*.cpp": "for compilers",
    "sklearn/*.pxd": "for compilers",
    "pyqtgraph/icons/peegee/*": "pyqtgraph's own sign",
    "*.pyi": "for type checkers",
    "*.pyx": "for compilers",
    "*/meson.build": "for compilers",
    "PySide6/Qt/plugins/imageformats/libqtiff.so": "no picture of this kind is read or written",
    "PySide6/Qt/plugins/imageformats/libqwebp.so": "no picture of this kind is read or written",
    "PySide6/Qt/plugins/imageformats/libqtga.so": "no picture of this kind is read or written",
    "PySide6/Qt/plugins/imageformats/libqwbmp.so": "no picture of this kind is read or written",
    "PySide6/Qt/plugins/imageformats/libqjpeg.so": "no picture of this kind is read or written",
    "PySide6/Qt/plugins/imageformats/libqic*.so": "no picture of this kind is read or written",
}
"""Files, and why nobody misses them."""

BABEL_LANGUAGES = ("root", "en", "id")


def is_left_out(module: str) -> bool:
    """Whether the module, or one that it lies in, is not in the bundle."""
    names = module.split(".")
    return any(".".join(names[:count]) in UNUSED_MODULES for count in range(1, len(names) + 1))


def is_used(path: str) -> bool:
    """Whether the file at ``path`` in the bundle belongs to what the application uses."""
    if path.startswith("babel/locale-data/"):
        return path.removeprefix("babel/locale-data/").removesuffix(".dat") in BABEL_LANGUAGES
    return not any(fnmatchcase(path, pattern) for pattern in UNUSED_FILES)


def needed(libraries: dict[str, Iterable[str]], roots: Iterable[str]) -> set[str]:
    """The names that ``roots`` need, directly or by others.

    ``libraries`` maps the name of each library to those that it needs.
    """
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(libraries.get(name, ()))
    return found
