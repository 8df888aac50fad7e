"""A page on paper: a picture of it, as large as the sheet allows."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget


def ask_and_print(page: QWidget) -> None:
    """Ask where to print a page, and print it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if page.width() > page.height():
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    if QPrintDialog(printer, page.window()).exec() == QPrintDialog.DialogCode.Accepted:
        print_page(page, printer)


def print_page(page: QWidget, printer: QPrinter) -> None:
    """Draw a page on one sheet, at its top, as large as fits."""
    sheet = printer.pageLayout().paintRectPixels(printer.resolution())
    factor = min(sheet.width() / page.width(), sheet.height() / page.height())
    with QPainter(printer) as painter:
        painter.scale(factor, factor)
        page.render(painter, QPoint(0, 0))
