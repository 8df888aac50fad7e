"""What Windows and macOS want of a program: a picture, a version, the kind of its documents."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SIGN = ROOT / "resources" / "icons" / "rnnstudio.svg"
_KIND = "org.rnnstudio.document"
IDENTIFIER = "org.rnnstudio.RNNStudio"
_SIDE = 256


def make_icon(folder: Path) -> Path:
    """Draw the application's sign as Windows or macOS want it; the file is in ``folder``."""
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QImageReader

    reader = QImageReader(str(SIGN))
    reader.setScaledSize(QSize(_SIDE, _SIDE))
    picture = reader.read()
    path = folder / ("rnnstudio.icns" if sys.platform == "darwin" else "rnnstudio.ico")
    folder.mkdir(parents=True, exist_ok=True)
    if not picture.save(str(path)):
        raise OSError(f"The sign cannot be written to {path}.")
    return path


def version_resource(version: str) -> Any:
    """What Windows shows of the program's properties."""
    from PyInstaller.utils.win32.versioninfo import (
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    numbers = (*map(int, version.split(".")), 0)
    words = {
        "CompanyName": "The RNN Studio founders",
        "FileDescription": "RNN Studio",
        "FileVersion": version,
        "InternalName": "RNNStudio",
        "LegalCopyright": "MIT License",
        "OriginalFilename": "RNNStudio.exe",
        "ProductName": "RNN Studio",
        "ProductVersion": version,
    }
    table = StringTable("040904B0", [StringStruct(*pair) for pair in words.items()])
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[StringFileInfo([table]), VarFileInfo([VarStruct("Translation", [0x409, 1200])])],
    )


def property_list(version: str) -> dict[str, Any]:
    """What macOS wants to know of the application and of its documents."""
    return {
        "CFBundleShortVersionString": version,
        "NSHighResolutionCapable": True,
        "NSPrincipalClass": "NSApplication",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "RNN Studio document",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [_KIND],
            }
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": _KIND,
                "UTTypeDescription": "RNN Studio document",
                "UTTypeConformsTo": ["public.data", "public.zip-archive"],
                "UTTypeTagSpecification": {"public.filename-extension": ["rnnstudio"]},
            }
        ],
    }
