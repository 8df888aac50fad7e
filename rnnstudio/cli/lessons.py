"""``rnnstudio lessons``: what lessons there are, and whether a file is one."""

from __future__ import annotations

import argparse

from rnnstudio.cli.console import Commands, print_json, say
from rnnstudio.cli.output_files import Reads
from rnnstudio.core import language
from rnnstudio.core.lessons.checking import mistakes_in
from rnnstudio.core.lessons.reading import lesson_files, read_lesson
from rnnstudio.core.messages import Message
from rnnstudio.core.text_table import text_table


def add_parser(commands: Commands) -> None:
    """Add ``lessons``."""
    parser = commands.add_parser("lessons", help="list the lessons, and check a file of one")
    actions = parser.add_subparsers(metavar="COMMAND", required=True)
    listed = actions.add_parser("list", help="list the lessons that ship")
    listed.add_argument("--json", action="store_true", help="print one JSON object (default: off)")
    listed.set_defaults(run=run_list)
    check = actions.add_parser(
        "check",
        help="say whether a file is a whole lesson",
        description="Reads a lesson, computes every number in it and every answer that is a "
        "number, and names each mistake with its line. The exit status is 1 where there is one.",
    )
    check.add_argument("file", metavar="FILE", type=Reads(), help="TOML file of a lesson")
    check.add_argument("--json", action="store_true", help="print one JSON object (default: off)")
    check.set_defaults(run=run_check)


def run_list(options: argparse.Namespace) -> int:
    """Print the lessons with their titles."""
    lessons = [(path, read_lesson(path).lesson) for path in lesson_files()]
    code = language.code()
    if options.json:
        print_json(
            {
                "lessons": [
                    {"file": path.name, "tab": each.tab, "steps": len(each.steps)}
                    | {"title": each.title[code], "about": each.about[code]}
                    for path, each in lessons
                ]
            }
        )
    else:
        rows = [[path.name, each.title[code], each.about[code]] for path, each in lessons]
        say(text_table([Message("file"), Message("lesson"), Message("about")], rows))
    return 0


def run_check(options: argparse.Namespace) -> int:
    """Print every mistake, or that there is none."""
    source = read_lesson(options.file)
    mistakes = mistakes_in(source)
    if options.json:
        sentences = [language.text(each) for each in mistakes]
        print_json({"whole": not mistakes, "mistakes": sentences})
    elif mistakes:
        for each in mistakes:
            say(each)
    else:
        values = {"file": options.file.name, "steps": len(source.lesson.steps)}
        say(Message("{file} is a whole lesson of {steps} steps.", values))
    return int(bool(mistakes))
