"""Serves a journal with optuna-dashboard: `python dashboard.py JOURNAL`. Prints the port, and ends when its standard input ends."""

import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend
from optuna_dashboard import wsgi


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = make_server("127.0.0.1", 0, wsgi(JournalStorage(JournalFileBackend(sys.argv[1]))), handler_class=Quiet)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
