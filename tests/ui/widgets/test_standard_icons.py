from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStyle, QWidget
from pytestqt.qtbot import QtBot

from rnnstudio.ui.theme.tokens import colours
from rnnstudio.ui.widgets.standard_icons import SIZE, themed_icon


def test_that_an_icon_has_its_shape_in_the_colour_of_text(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    image = themed_icon(widget, QStyle.StandardPixmap.SP_MediaPlay).pixmap(SIZE, SIZE).toImage()
    points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    solid = [colour for colour in points if colour.alpha() == 255]
    assert solid
    assert len(solid) < len(points)
    assert {colour.name() for colour in solid} == {QColor(colours().ink).name()}
