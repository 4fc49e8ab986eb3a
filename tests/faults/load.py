"""Readers who ask for page after page on connections that stay open, as browsers and nginx do."""

import http.client
import itertools
import threading
import time

from .visitor import connect


class Load:
    """A number of readers at work inside a `with` block; `answered` and `lost` say how their requests went.

    A request whose connection ends before anything is answered is sent once more, on a new connection, only where
    the connection had been open before: every browser does that, and it is how an idle connection ends.
    Each reader waits `pause` seconds between two requests.
    """

    def __init__(self, address, paths, readers=6, tls=None, headers=(), pause=0.0):
        self.address, self.paths, self.tls, self.headers = address, paths, tls, dict(headers)
        self.pause = pause
        self.answered, self.lost, self.again, self.stopped = [], [], 0, False
        self.threads = [threading.Thread(target=self._read, args=(start,)) for start in range(readers)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.stopped = True
        for thread in self.threads:
            thread.join()

    def wait_for(self, count, patience=120):
        """Wait until so many requests have been answered."""
        ends = time.monotonic() + patience
        while len(self.answered) < count:
            assert time.monotonic() < ends, f"{len(self.answered)} of {count} answered"
            time.sleep(0.02)

    def _read(self, start):
        connection = connect(self.address, self.tls)
        for path in itertools.islice(itertools.cycle(self.paths), start, None):
            if self.stopped:
                break
            time.sleep(self.pause)
            started, was_open = time.monotonic(), connection.sock is not None
            try:
                try:
                    status = self._ask(connection, path)
                except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                    if not was_open:
                        raise
                    self.again += 1
                    connection.close()
                    status = self._ask(connection, path)
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                self.lost.append(f"{path}: {error!r}")
                continue
            (self.answered if status == 200 else self.lost).append(
                time.monotonic() - started if status == 200 else f"{path}: {status}"
            )
        connection.close()

    def _ask(self, connection, path):
        connection.request("GET", path, headers=self.headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
