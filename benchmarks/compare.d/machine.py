"""The machine under the benchmark: packages, sysctl, processes pinned to a core, their memory."""

import contextlib
import os
import platform
import shutil
import signal
import subprocess
import time
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OUT = ROOT / "target" / "compare"
WORK = OUT / "run"

PROXY_CORE = 0
LOAD_CORE = 1

# Above every port that is listened on here, so that no outgoing connection takes one of those away;
# and wide, since each short connection through a proxy uses two.
PORT_RANGE = "20000 65535"
PORT_RANGE_FILE = Path("/proc/sys/net/ipv4/ip_local_port_range")

STREAM_MODULE = Path("/usr/lib/nginx/modules/ngx_stream_module.so")
PACKAGES = {  # what is looked for, and the Debian packages that bring it
    "haproxy": ["haproxy"],
    "sniproxy": ["sniproxy"],
    "nginx": ["nginx-light"],
    str(STREAM_MODULE): ["libnginx-mod-stream"],
    "gcc": ["gcc", "libc6-dev"],
    "taskset": ["util-linux"],
    "openssl": ["openssl"],
    "h2load": ["nghttp2-client"],
}


class Failure(Exception):
    """Ends the benchmark with a sentence for the person who started it."""


def has(program):
    return Path(program).exists() if program.startswith("/") else shutil.which(program) is not None


def has_matplotlib():
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        return False
    return True


@contextlib.contextmanager
def services_held_back():
    """Debian starts a server once it is installed, unless policy-rc.d says no; only our own are wanted."""
    policy = Path("/usr/sbin/policy-rc.d")
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()


def install_missing(say):
    packages = [p for program, names in PACKAGES.items() if not has(program) for p in names]
    if not has_matplotlib():
        packages.append("python3-matplotlib")
    if not packages:
        return
    if os.geteuid() != 0:
        raise Failure(f"missing: {' '.join(packages)}. Run this as root, or install them")
    say(f"installing {' '.join(packages)}")
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with services_held_back(), open(WORK / "apt.log", "wb") as log:
        if subprocess.run(install, env=environment, stdout=log, stderr=log).returncode == 0:
            return
        subprocess.run(["apt-get", "update", "-qq"], stdout=log, stderr=log)
        if subprocess.run(install, env=environment, stdout=log, stderr=log).returncode != 0:
            raise Failure(f"apt-get could not install {' '.join(packages)}: see {WORK / 'apt.log'}")


def build_load():
    for program in ("load", "backend"):
        source = HERE / f"{program}.c"
        subprocess.run(["gcc", "-O2", "-Wall", "-Wextra", "-o", WORK / program, source], check=True)


def build_jar(say):
    jar = ROOT / "target" / "peekgate.jar"
    if not jar.exists():
        say("target/peekgate.jar is not there: building it")
        if subprocess.run(["mvn", "-q", "-DskipTests", "package"], cwd=ROOT).returncode != 0 or not jar.exists():
            raise Failure("mvn package made no target/peekgate.jar")


def make_certificate(directory):
    directory.mkdir(parents=True, exist_ok=True)
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=tls.bench"
    subprocess.run([*command.split(), "-keyout", "origin.key", "-out", "origin.crt"], cwd=directory, check=True,
                   capture_output=True)


@contextlib.contextmanager
def wide_port_range(say):
    before = PORT_RANGE_FILE.read_text().split()
    try:
        PORT_RANGE_FILE.write_text(PORT_RANGE)
    except PermissionError:
        if int(before[0]) < 20000:
            raise Failure(f"ip_local_port_range begins at {before[0]}: run as root, or set it to {PORT_RANGE}")
        say("not root: ip_local_port_range stays as it is")
        yield
        return
    try:
        yield
    finally:
        PORT_RANGE_FILE.write_text(" ".join(before))


class Children:
    """Every process this run starts, so that all of them, and nothing else, are stopped at the end."""

    def __init__(self):
        self._running = []

    def start(self, name, command, core, environment=None, **options):
        with open(WORK / f"{name}.log", "ab") as log:
            # A session of its own: Ctrl-C on the terminal reaches this program only, which then stops the rest in order.
            child = subprocess.Popen(["taskset", "-c", str(core), *map(str, command)], cwd=ROOT,
                                     env=os.environ | (environment or {}), start_new_session=True,
                                     **({"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log} | options))
        self._running.append(child)
        return child

    def stop(self, child):
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                for pid in tree(child.pid):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)
                child.wait(5)
        if child in self._running:
            self._running.remove(child)

    def stop_all(self):
        for child in reversed(self._running[:]):
            self.stop(child)


def tree(pid):
    """The process and all its descendants (nginx: master and worker)."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    below = children.read_text().split() if children.exists() else []
    return [pid] + [p for child in below for p in tree(int(child))]


def rss_bytes(pids):
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE")


def busy_share(seconds=1.0):
    """How much of the two cores is in use: before a run that is what others take away from it."""
    def jiffies():
        fields = [list(map(int, line.split()[1:])) for line in Path("/proc/stat").read_text().splitlines()
                  if line.startswith((f"cpu{PROXY_CORE} ", f"cpu{LOAD_CORE} "))]
        return sum(map(sum, fields)), sum(f[3] + f[4] for f in fields)
    total, idle = jiffies()
    time.sleep(seconds)
    total_after, idle_after = jiffies()
    return 1 - (idle_after - idle) / max(1, total_after - total)


def first_line(*command):
    """What a program says of its version; some say it on standard error."""
    try:
        done = subprocess.run(command, cwd=ROOT, text=True, timeout=20, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    return (done.stdout.strip().splitlines() or ["unknown"])[0]


def describe():
    models = [line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "cpu": models[0] if models else platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory, 1),
        "kernel": platform.release(),
        "java": first_line("java", "-version"),
        "commit": first_line("git", "rev-parse", "--short", "HEAD"),
    }
