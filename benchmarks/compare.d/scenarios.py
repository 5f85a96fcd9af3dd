"""What is measured. Each phase returns {metric: value} for one peer and one round."""

import json
import re
import subprocess
import time
from dataclasses import dataclass

from machine import LOAD_CORE, WORK, Failure
from proxies import BACKEND_PORT, JAVA_FLAGS_FOR_MEMORY, Proxy

IDLE_PAIRS = 4000
PING_CONNECTIONS = 64
SHORT_CONNECTIONS = 64
TLS_CONNECTIONS = 32


@dataclass(frozen=True)
class Pace:
    """How long and how often; seconds are those of one measured window."""

    rounds: int
    starts: int
    idle_rounds: int
    warm_connections: int
    warm_idle: int
    warm_bulk: float
    ramp: float
    short: float
    bulk: float
    ping: float
    tls: float
    limit: float  # nothing new is measured after this many seconds


FULL = Pace(rounds=5, starts=5, idle_rounds=3, warm_connections=200_000, warm_idle=20_000, warm_bulk=1.0, ramp=0.3, short=2.0, bulk=1.3,
            ping=1.5, tls=1.5, limit=14 * 60)
QUICK = Pace(rounds=2, starts=2, idle_rounds=1, warm_connections=30_000, warm_idle=5_000, warm_bulk=0.3, ramp=0.1, short=0.5, bulk=0.3,
             ping=0.3, tls=0.5, limit=105)


class Bench:
    """Runs the load against one peer at a time and keeps count of what went wrong."""

    def __init__(self, children, pace):
        self.children = children
        self.pace = pace
        self.errors = {}

    # ---- the load program ----

    def load(self, mode, proxy, service, seconds, ramp=None, options=()):
        peer = proxy.peer
        command = [WORK / "load", mode, "-p", peer.port_for(service), "-n", f"{service}.bench", "-b", BACKEND_PORT,
                   "-t", seconds, "-r", self.pace.ramp if ramp is None else ramp, *options]
        if proxy.pids():
            command += ["-u", ",".join(map(str, proxy.pids()))]
        return self._finish(peer, self._spawn(command), seconds + 20)

    def _spawn(self, command):
        return self.children.start("load", command, LOAD_CORE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def _finish(self, peer, load, patience):
        try:
            out, _ = load.communicate(timeout=patience)
        finally:
            self.children.stop(load)
        if load.returncode != 0:
            raise Failure(f"the load against {peer.name} failed: see {WORK / 'load.log'}")
        result = json.loads(out.strip().splitlines()[-1])
        self.note_errors(peer, result["mode"], result["errors"], result["error"])
        return result

    def note_errors(self, peer, where, count, text):
        if count:
            self.errors.setdefault(peer.name, []).append(f"{where}: {count} ({text})")

    # ---- phases of a round ----

    def warm_up(self, proxy):
        """The same for everybody, though only the JVM needs it."""
        self.load("short", proxy, "short", 30, 0, ["-c", SHORT_CONNECTIONS, "-k", self.pace.warm_connections])
        for mode, streams in (("down", 16), ("up", 16), ("down", 1), ("up", 1)):
            self.load(mode, proxy, mode, self.pace.warm_bulk, 0, ["-c", streams])
        for size in (200, 8192):
            self.load("ping", proxy, "echo", self.pace.warm_bulk, 0, ["-c", PING_CONNECTIONS, "-s", size])

    def short(self, proxy):
        r = self.load("short", proxy, "short", self.pace.short, options=["-c", SHORT_CONNECTIONS])
        return {"short.per_s": r["done"] / r["seconds"]} | per_cpu(
            r, {"short.per_cpu": lambda cpu: r["done"] / cpu, "short.cpu_us": lambda cpu: cpu / r["done"] * 1e6})

    def bulk(self, proxy, mode, streams):
        r = self.load(mode, proxy, mode, self.pace.bulk, options=["-c", streams])
        gigabytes, key = r["bytes"] / 1e9, f"{mode}{streams}"
        return {f"{key}.gb_per_s": gigabytes / r["seconds"]} | per_cpu(
            r, {f"{key}.gb_per_cpu": lambda cpu: gigabytes / cpu})

    def ping(self, proxy, size):
        r = self.load("ping", proxy, "echo", self.pace.ping, options=["-c", PING_CONNECTIONS, "-s", size])
        key = f"ping{size}"
        latency = {f"{key}.p50_us": r["p50_us"], f"{key}.p99_us": r["p99_us"], f"{key}.per_s": r["done"] / r["seconds"]}
        return latency | per_cpu(r, {f"{key}.cpu_us": lambda cpu: cpu / r["done"] * 1e6})

    def tls(self, proxy):
        """HTTP/1.1 over real TLS on kept connections: h2load is the client, nginx the server, the proxy between them."""
        peer, cpu = proxy.peer, self._cpu(proxy)
        load = self._spawn(["h2load", "--h1", "-t", 1, "-c", TLS_CONNECTIONS, "-D", f"{self.pace.tls * 1000:.0f}ms",
                            f"--connect-to=127.0.0.1:{peer.port_for('tls')}", "https://tls.bench/"])
        try:
            out, _ = load.communicate(timeout=self.pace.tls + 20)
        finally:
            self.children.stop(load)
        cpu = self._cpu(proxy) - cpu
        found = re.search(r"(\d+) succeeded, (\d+) failed, (\d+) errored", out)
        if not found or int(found.group(1)) == 0:
            raise Failure(f"h2load through {peer.name} had no answer: {out.strip()[-300:]}")
        answers, failed, errored = map(int, found.groups())
        self.note_errors(peer, "tls", failed + errored, "h2load")
        return {"tls.per_s": answers / self.pace.tls} | ({"tls.per_cpu": answers / cpu} if cpu else {})

    def _cpu(self, proxy):
        pids = proxy.pids()
        if not pids:
            return 0
        command = [WORK / "load", "cpu", "-u", ",".join(map(str, pids))]
        return float(subprocess.run(command, text=True, check=True, capture_output=True).stdout)

    # ---- phases that want a process of their own ----

    def start_up(self, peer):
        """From spawn until the first byte of a backend has come through; then RSS once it has settled."""
        proxy = Proxy(peer, self.children)
        probe = self._spawn([WORK / "load", "first", "-p", peer.port, "-n", "hold.bench", "-t", 20])
        time.sleep(0.05)  # so that the probe is already knocking
        spawned = time.monotonic_ns()
        proxy.start()
        try:
            out, _ = probe.communicate(timeout=30)
            if probe.returncode != 0:
                proxy.pids()
                raise Failure(f"{peer.name} relayed nothing within 20 s: see {WORK / peer.name}.log")
            time.sleep(0.5)
            return {"start.first_ms": (int(out) - spawned) / 1e6, "start.rss_mb": proxy.rss() / 1e6}
        finally:
            self.children.stop(probe)
            proxy.stop()

    def idle(self, peer):
        """Growth by IDLE_PAIRS relayed, silent pairs, on a process that has been warmed 16 connections at a time:
        pools that a burst has filled would hide the cost of what is held."""
        proxy = Proxy(peer, self.children, JAVA_FLAGS_FOR_MEMORY)
        proxy.start()
        try:
            self.await_relaying(proxy)
            self.load("short", proxy, "short", 30, 0, ["-c", 16, "-k", self.pace.warm_idle])
            proxy.memory()  # the first time brings in what the tool itself needs
            rss, live = proxy.memory()
            rss_held, live_held = self._while_held(proxy, proxy.memory)
        finally:
            proxy.stop()
        rss_pair, live_pair = (rss_held - rss) / IDLE_PAIRS / 1e3, (live_held - live) / IDLE_PAIRS / 1e3
        return {"idle.kb_per_pair": rss_pair + live_pair, "idle.rss_kb": rss_pair, "idle.heap_kb": live_pair}

    def _while_held(self, proxy, look):
        load = self._spawn([WORK / "load", "hold", "-p", proxy.peer.port, "-n", "hold.bench", "-c", IDLE_PAIRS, "-t", 30])
        try:
            held = load.stdout.readline().split()
            if held != ["held", str(IDLE_PAIRS)]:
                self.note_errors(proxy.peer, "hold", 1, f"wanted {IDLE_PAIRS}, {' '.join(held)}")
            time.sleep(1)
            seen = look()
        except BaseException:
            self.children.stop(load)
            raise
        self._finish(proxy.peer, load, 20)
        return seen

    def await_relaying(self, proxy):
        probe = self._spawn([WORK / "load", "first", "-p", proxy.peer.port_for("hold"), "-n", "hold.bench", "-t", 20])
        probe.communicate(timeout=30)
        self.children.stop(probe)
        proxy.pids()
        if probe.returncode != 0:
            raise Failure(f"{proxy.peer.name} relayed nothing within 20 s: see {WORK / proxy.peer.name}.log")


def per_cpu(result, metrics):
    """Metrics that divide by the proxy's CPU time; without a proxy, or without work done, there are none."""
    ran = result["cpu"] > 0 and (result["done"] or result["bytes"])
    return {key: metric(result["cpu"]) for key, metric in metrics.items()} if ran else {}


def round_phases(bench, scenarios):
    """(name, phase) in the order in which a round runs them."""
    phases = []
    if "short" in scenarios:
        phases.append(("short", bench.short))
    if "bulk" in scenarios:
        for mode in ("down", "up"):
            for streams in (1, 16):
                phases.append((f"{mode} x{streams}", lambda p, m=mode, s=streams: bench.bulk(p, m, s)))
    if "ping" in scenarios:
        for size in (200, 8192):
            phases.append((f"ping {size} B", lambda p, s=size: bench.ping(p, s)))
    if "tls" in scenarios:
        phases.append(("tls", bench.tls))
    return phases
