"""The one exception whose text is meant for the person in front of the screen."""


class UserError(Exception):
    """Something the user can put right.

    Its text is one or two plain sentences: what is wrong, where (file, row, column), and what
    would be right. The window shows it in the tab, the command line prints it and exits; every
    other exception is a fault of ours and is allowed to crash.
    """
