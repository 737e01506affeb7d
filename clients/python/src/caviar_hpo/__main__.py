"""``python -m caviar_hpo serve …``: the command of the engine that this package carries. It has ``serve`` and ``report``."""

import os
import subprocess
import sys

from ._errors import ServerError
from ._node import command

_HELP = """Usage: python -m caviar_hpo serve --root DIR --socket PATH                serves studies to several programs, on a Unix socket
       python -m caviar_hpo serve --root DIR --port N --token-file FILE  the same on a port of this machine
       python -m caviar_hpo report DIR                                  writes the page of the study in a folder
"""


def main() -> int:
    arguments = sys.argv[1:]
    if not arguments or arguments[0] not in ("serve", "report"):
        asked = arguments in (["--help"], ["-h"])
        print(_HELP, end="", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    try:
        program = command(*arguments)
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    if sys.platform != "win32":
        os.execv(program[0], program)
    return subprocess.call(program)


if __name__ == "__main__":
    sys.exit(main())
