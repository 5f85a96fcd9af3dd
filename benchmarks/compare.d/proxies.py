"""Who is compared: how each proxy is started, and where it listens."""

import os
import re
import subprocess
import time
from dataclasses import dataclass, field

from machine import HERE, LOAD_CORE, PROXY_CORE, WORK, Failure, first_line, rss_bytes, tree

BACKEND_PORT = 19001
BACKEND_PORTS = {"short": 19001, "down": 19002, "up": 19003, "echo": 19004, "hold": 19005, "tls": 19010}

# One core makes the JVM choose the serial collector anyway; it is named so that it does not depend on that.
JAVA_FLAGS = os.environ.get("PEEKGATE_JAVA_FLAGS", "-XX:+UseSerialGC -Xmx128m").split()

# Memory of an idle pair: the whole heap is resident from the start, so that what RSS grows by lies outside the
# heap, and what a pair costs inside it is told by the live bytes after a collection. See Proxy.memory.
JAVA_FLAGS_FOR_MEMORY = ["-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch"]


@dataclass(frozen=True)
class Peer:
    name: str
    about: str
    port: int
    command: list
    version: list
    environment: dict = field(default_factory=dict)
    is_java: bool = False

    def port_for(self, service):
        return self.port or BACKEND_PORTS[service]


def nginx(name):
    return ["nginx", "-p", WORK / name, "-c", HERE / f"{name}.conf", "-e", "stderr"]


def peers():
    haproxy = ["haproxy", "-db", "-q", "-f", HERE / "haproxy.cfg"]
    return [
        Peer("peekgate", "Peekgate, relay.mode = auto", 19101,
             ["java", *JAVA_FLAGS, "-jar", "target/peekgate.jar", "run", "-c", "benchmarks/compare.d/peekgate.conf"],
             ["java", "-jar", "target/peekgate.jar", "version"], is_java=True),
        Peer("haproxy", "HAProxy with splice", 19102, haproxy, ["haproxy", "-v"], {"PORT": "19102"}),
        Peer("haproxy-nosplice", "HAProxy copying", 19103, [*haproxy, "-dS"], ["haproxy", "-v"], {"PORT": "19103"}),
        Peer("nginx", "nginx stream + ssl_preread", 19104, nginx("nginx"), ["nginx", "-v"]),
        Peer("nginx-64k", "nginx, proxy_buffer_size 64k", 19106, nginx("nginx-64k"), ["nginx", "-v"]),
        Peer("sniproxy", "sniproxy", 19105, ["sniproxy", "-f", "-c", HERE / "sniproxy.conf"], ["sniproxy", "-V"]),
        Peer("direct", "no proxy: what load and backend can do", 0, [], []),
    ]


class Proxy:
    """One running process (with its workers) of a peer; `direct` runs none."""

    def __init__(self, peer, children, extra_flags=()):
        self.peer = peer
        self._children = children
        self._child = None
        self._command = list(peer.command)
        if peer.is_java:
            self._command[1 + len(JAVA_FLAGS):1 + len(JAVA_FLAGS)] = extra_flags

    def start(self):
        if self._command:
            (WORK / self.peer.name).mkdir(parents=True, exist_ok=True)
            self._child = self._children.start(self.peer.name, self._command, PROXY_CORE, self.peer.environment)

    def stop(self):
        if self._child:
            self._children.stop(self._child)

    def pids(self):
        if not self._child:
            return []
        if self._child.poll() is not None:
            raise Failure(f"{self.peer.name} ended with {self._child.returncode}: see {WORK / self.peer.name}.log")
        return tree(self._child.pid)

    def rss(self):
        return rss_bytes(self.pids())

    def memory(self):
        """(RSS, live heap) in bytes. With JAVA_FLAGS_FOR_MEMORY the heap's share of RSS is constant, so the growth
        of RSS and the growth of the live heap never count the same byte; for a C program the latter is 0."""
        if not self.peer.is_java:
            return self.rss(), 0
        self._jcmd("GC.run")
        time.sleep(0.5)  # buffers outside the heap are given back by a cleaner thread behind the collection
        total = re.search(r"^Total\s+\d+\s+(\d+)", self._jcmd("GC.class_histogram"), re.MULTILINE)
        return self.rss(), int(total.group(1))

    def _jcmd(self, *command):
        command = ["taskset", "-c", str(LOAD_CORE), "jcmd", str(self._child.pid), *command]
        return subprocess.run(command, text=True, check=True, capture_output=True, timeout=60).stdout


def version(peer):
    return first_line(*peer.version) if peer.version else ""
