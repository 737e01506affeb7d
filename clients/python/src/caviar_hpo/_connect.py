"""Connections to a server that several programs share: on a Unix socket, or on a port of this machine (``docs/wire-format.md``)."""

from __future__ import annotations

import json
import os
import re
import shlex
import socket
from dataclasses import dataclass
from typing import Any

from ._errors import InputError, ServerError

_URL = re.compile(r"http://(?:127\.0\.0\.1|localhost):(\d{1,5})/?")


@dataclass(frozen=True)
class Address:
    """Where a server listens.

    Attributes:
        at: The path of a Unix socket, or ``http://127.0.0.1:PORT``.
        port: ``None`` for a socket.
        token_file: The file with the token of a port. It is read at each connection, so that no copy of a program has the token.
    """

    at: str
    port: int | None = None
    token_file: str | None = None

    def connect(self) -> socket.socket:
        """A connection on which the server answers lines.

        Raises:
            ServerError: None listens, or it does not accept the token.
        """
        if self.port is None or self.token_file is None:
            return self._to_socket()
        return self._to_port(self.port, self.token_file)

    def _to_socket(self) -> socket.socket:
        if not hasattr(socket, "AF_UNIX"):
            raise ServerError(
                f"server: expected http://127.0.0.1:PORT on a system without Unix sockets, got {self.at!r}. "
                "Start the server with --port and --token-file.",
                code="noServer",
            )
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(self.at)
        except OSError as error:
            connection.close()
            raise self._nobody(error.strerror or str(error), f"--socket {shlex.quote(self.at)}") from error
        return connection

    def _to_port(self, port: int, token_file: str) -> socket.socket:
        start = f"--port {port} --token-file {shlex.quote(token_file)}"
        try:
            with open(token_file, encoding="utf-8") as file:
                token = file.read().strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ServerError(f"token_file: expected the token of the server in a file, got: {error}.", code="noServer") from error
        try:
            connection = socket.create_connection(("127.0.0.1", port))
        except OSError as error:
            raise self._nobody(error.strerror or str(error), start) from error
        host = f"127.0.0.1:{port}"
        head = f"CONNECT {host} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\r\n"
        try:
            connection.sendall(head.encode("utf-8"))
            status, rest = _answer_on(connection)
        except OSError as error:
            connection.close()
            raise self._nobody(error.strerror or str(error), start) from error
        if status == 200:
            return connection
        code = _code_in(connection, rest)
        connection.close()
        if code == "wrongToken":
            raise ServerError(f"token_file: expected the token of the server at {self.at}, got another one in {token_file}.", code=code)
        if status is None:
            raise self._nobody("an end of the connection, as if 32 programs were connected already", start)
        raise self._nobody(f"another program, which answered with the status {status}", start)

    def _nobody(self, got: str, arguments: str) -> ServerError:
        return ServerError(
            f"server: expected one that listens on {self.at}, got none ({got}). "
            f"Start it: python -m caviar_hpo serve --root studies {arguments}",
            code="noServer",
        )


def address_of(server: str | os.PathLike[str], token_file: str | os.PathLike[str] | None) -> Address:
    """Where the server is that a user names.

    Raises:
        InputError: It is on another machine, or has no token, or has one without a port.
    """
    at = os.fspath(server)
    if "://" not in at:
        if token_file is not None:
            raise InputError("token_file: expected none with a Unix socket, which only you can use.", code="badOption")
        return Address(os.path.abspath(at))
    url = _URL.fullmatch(at)
    if url is None:
        raise InputError(
            f"server: expected http://127.0.0.1:PORT or the path of a Unix socket, got {at!r}. A server listens on its own machine only.",
            code="badOption",
        )
    if token_file is None:
        raise InputError("token_file: expected the file that the server has as --token-file, got None.", code="badOption")
    return Address(at, int(url[1]), os.path.abspath(token_file))


def _answer_on(connection: socket.socket) -> tuple[int | None, bytes]:
    """The status of the answer, or None if there is none, and what came of its body."""
    head = b""
    while b"\r\n\r\n" not in head and len(head) < 1 << 14:
        more = connection.recv(1 << 12)
        if not more:
            break
        head += more
    status = re.match(rb"HTTP/1\.[01] (\d{3}) ", head)
    return (None if status is None else int(status[1])), head.partition(b"\r\n\r\n")[2]


def _code_in(connection: socket.socket, body: bytes) -> str | None:
    """The code of an error in the rest of an answer."""
    try:
        while len(body) < 1 << 16 and (more := connection.recv(1 << 12)):
            body += more
        answer: dict[str, Any] = json.loads(body)
        return str(answer["error"]["data"]["code"])
    except (OSError, ValueError, LookupError, TypeError):
        return None
