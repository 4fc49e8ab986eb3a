"""Machines of a test's own on a network of their own: a namespace each, joined by a switch in one more.

Nothing of it is reached from outside, or reaches there. Its addresses are those that RFC 5737 keeps for examples.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

LIBC = ctypes.CDLL(None, use_errno=True)
# sched.h; os has it from Python 3.12 on.
CLONE_NEWNET = 0x40000000
ADDRESSES = {"balancer": "192.0.2.10", "one": "192.0.2.11", "two": "192.0.2.12", "data": "192.0.2.20"}
ADDRESSES["reader"] = "192.0.2.30"


class Network:
    """The machines, inside a `with` block; all that still runs on them ends with it.

    A process on each holds its namespace, and ends with us: so nothing is left, however the tests end.
    """

    def __init__(self) -> None:
        self.holders: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Network":
        try:
            self._build()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _build(self) -> None:
        hold = ["setpriv", "--pdeathsig", "KILL", "unshare", "--net", "sleep", "3600"]
        for machine in ["switch", *ADDRESSES]:
            self.holders[machine] = subprocess.Popen(hold)
        ends = time.monotonic() + 30
        ours = Path("/proc/self/ns/net").readlink()
        while ours in map(self._namespace, self.holders):
            assert time.monotonic() < ends
            time.sleep(0.02)
        self._run("switch", "ip", "link", "add", "switch", "type", "bridge")
        self._run("switch", "ip", "link", "set", "switch", "up")
        for machine, address in ADDRESSES.items():
            there = ["peer", "name", "card", "netns", str(self.holders[machine].pid)]
            self._run("switch", "ip", "link", "add", machine, "type", "veth", *there)
            self._run("switch", "ip", "link", "set", machine, "master", "switch", "up")
            self._run(machine, "ip", "address", "add", f"{address}/24", "dev", "card")
            self._run(machine, "ip", "link", "set", "lo", "up")
            self._run(machine, "ip", "link", "set", "card", "up")

    def __exit__(self, *error: object) -> None:
        for machine, holder in self.holders.items():
            self.kill(machine)
            holder.kill()
            holder.wait()

    def _namespace(self, machine: str) -> Path:
        return Path(f"/proc/{self.holders[machine].pid}/ns/net").readlink()

    def machine_of(self, process: int) -> str:
        """On which machine a process runs."""
        there = Path(f"/proc/{process}/ns/net").readlink()
        return next(machine for machine in self.holders if self._namespace(machine) == there)

    def kill(self, machine: str) -> None:
        """End everything that runs on the machine, as where its power goes."""
        there = self._namespace(machine)
        if there == Path("/proc/self/ns/net").readlink():
            return  # it never came to be
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (process / "ns" / "net").readlink() == there and int(process.name) != self.holders[machine].pid:
                    os.kill(int(process.name), signal.SIGKILL)

    @contextlib.contextmanager
    def at(self, machine: str) -> Iterator[None]:
        """What this thread connects, and the threads and processes that it starts, are on that machine's network."""
        there = Path(f"/proc/{self.holders[machine].pid}/ns/net")
        with Path("/proc/thread-self/ns/net").open() as home, there.open() as away:
            _enter(away.fileno())
            try:
                yield
            finally:
                _enter(home.fileno())

    def cut(self, machine: str) -> None:
        """Pull the machine's cable."""
        self._run("switch", "ip", "link", "set", machine, "down")

    def _run(self, machine: str, *command: str) -> None:
        with self.at(machine):
            said = subprocess.run(command, capture_output=True, text=True, check=False)
        assert said.returncode == 0, f"{command}: {said.stderr}"


def _enter(descriptor: int) -> None:
    if LIBC.setns(descriptor, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "The network cannot be entered.")
