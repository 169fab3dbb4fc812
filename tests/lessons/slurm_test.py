#!/usr/bin/env python3
"""A class graded through a real Slurm on this machine: two node daemons on loopback take the job array of `gradwalk
grade slurm`; one of them is killed with all it runs in the middle of its shard, Slurm starts that shard again on the
other, and `merge` writes, byte for byte, what a grading without Slurm writes.

    slurm_test.py SOURCE_FOLDER BIN_FOLDER

Exits 77 when Slurm or Munge is not installed. Everything that Slurm needs lies in one temporary folder, nothing of the
machine's own Slurm is read or changed, and all daemons die with this process.
"""

import ctypes
import getpass
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

SOURCE, BIN = (pathlib.Path(argument) for argument in sys.argv[1:3])
LESSON = SOURCE / "lessons/04_linear_layer"
PATIENCE = 50  # seconds for the whole array
NODES = ("node1", "node2")
SHARDS = 2
KEY = "slurm's"

SLURM_CONF = """
ClusterName=gradwalk
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={controller_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=cred_expire=5,socket={folder}/munge/socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SchedulerParameters=sched_interval=1
SlurmdParameters=config_overrides
SlurmdTimeout=10
KillWait=1
PartitionName=all Nodes={nodes} Default=YES State=UP
"""


def missing_programs():
    return [name for name in ("munged", "mungekey", "slurmctld", "slurmd", "sbatch", "sinfo", "squeue", "scancel", "scontrol")
            if not shutil.which(name)]


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def until(what, condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit(f"{what}: not within {seconds} s")
        time.sleep(0.1)


def die_with_this_process():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Cluster:
    def __init__(self, folder):
        self.folder = folder
        self.daemons = {}
        self.environment = dict(os.environ, SLURM_CONF=str(folder / "slurm.conf"), LC_ALL="C")
        for name in ("munge", "state", "cgroup", *NODES):
            (folder / name).mkdir(mode=0o700)
        controller_port, *node_ports = free_ports(1 + len(NODES))
        conf = SLURM_CONF.format(folder=folder, user=getpass.getuser(), controller_port=controller_port, nodes=",".join(NODES))
        for node, port in zip(NODES, node_ports):
            conf += f"NodeName={node} NodeHostname=localhost NodeAddr=127.0.0.1 Port={port} CPUs=1\n"
        (folder / "slurm.conf").write_text(conf)
        # No control group is asked for: the plugin is named so that none is looked for.
        (folder / "cgroup.conf").write_text(f"CgroupPlugin=cgroup/v1\nCgroupMountpoint={folder}/cgroup\n")

    def start(self):
        munge = self.folder / "munge"
        subprocess.run(["mungekey", "--create", f"--keyfile={munge}/key"], check=True)
        self.daemon("munged", "--foreground", "--force", f"--socket={munge}/socket", f"--key-file={munge}/key",
                    f"--pid-file={munge}/pid", f"--log-file={munge}/log", f"--seed-file={munge}/seed")
        until("munge", (munge / "socket").exists, 10)
        conf = str(self.folder / "slurm.conf")
        self.daemon("slurmctld", "-D", "-c", "-f", conf)
        for node in NODES:
            self.daemon("slurmd", "-D", "-f", conf, "-N", node, name=node)
        until("the nodes", lambda: self.ask("sinfo", "-h", "-o", "%T") == "idle", 20)

    def daemon(self, program, *arguments, name=None):
        with open(self.folder / f"{name or program}.log", "wb") as log:
            self.daemons[name or program] = subprocess.Popen(
                [shutil.which(program), *arguments], env=dict(self.environment, GRADWALK_NODE=name or program), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=die_with_this_process)

    def ask(self, *words):
        return subprocess.run(words, env=self.environment, capture_output=True, text=True).stdout.strip()

    def processes_of(self, node):
        """What one node, or (None) all of the cluster, has started: its environment tells. Slurm's own come first: whoever
        sees a job die before it dies itself reports a failed job, which a node that loses its power does not."""
        mine = []
        for process in pathlib.Path("/proc").iterdir():
            if not process.name.isdigit() or int(process.name) == os.getpid():
                continue
            try:
                environment = (process / "environ").read_bytes().split(b"\0")
                name = (process / "comm").read_text()
            except OSError:
                continue
            if f"SLURM_CONF={self.folder}/slurm.conf".encode() in environment and (
                    node is None or f"GRADWALK_NODE={node}".encode() in environment):
                mine.append((not name.startswith("slurm"), int(process.name)))
        return [process for _, process in sorted(mine)]

    def kill_node(self, node):
        self.daemons[node].kill()
        self.daemons[node].wait()
        self.kill_all(node)
        # What the controller finds out by itself when the node has been silent for long enough.
        self.ask("scontrol", "update", f"NodeName={node}", "State=DOWN", "Reason=killed")

    def kill_all(self, node=None):
        for process in self.processes_of(node):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def stop(self):
        for daemon in self.daemons.values():
            daemon.kill()
            daemon.wait()
        self.kill_all()

    def logs(self):
        return "\n".join(f"== {log.name}\n{log.read_text(errors='replace')[-3000:]}" for log in sorted(self.folder.glob("*.log")))


def hand_in(folder):
    mistakes = sorted((LESSON / "mistakes").glob("*.hpp"))[:6]
    for source in [LESSON / "solution.hpp", LESSON / "exercise.hpp", *mistakes]:
        target = folder / "in" / source.stem / "exercise.hpp"
        target.parent.mkdir(parents=True)
        shutil.copy(source, target)
    (folder / "in/broken").mkdir()
    (folder / "in/broken/exercise.hpp").write_text("struct Linear {")
    (folder / "key").write_text(KEY + "\n")
    (folder / "roster.csv").write_text("id,name\nsolution,Ada\nbroken,Bob\n")


def grade(folder, *words):
    return subprocess.run([BIN / "gradwalk-grade", *words, "--key-file", folder / "key", "--lesson", "04", "--roster", folder / "roster.csv",
                           "--allow-weak-sandbox"], check=True, capture_output=True, text=True).stdout


def reports(folder):
    """Everything but the journals, whose lines are in the order in which submissions were finished."""
    return {str(file.relative_to(folder)): file.read_bytes()
            for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix != ".jsonl"}


def lines_of_shard(array, shard):
    journals = list((array / f"shard-{shard}").glob("journal-*.jsonl"))
    return journals[0].read_text().splitlines() if journals else []


def grade_through(cluster, folder):
    """Returns what is wrong."""
    array = folder / "array of shards"
    script = folder / "job.sh"
    script.write_text(grade(folder, "slurm", folder / "in", "--shards", str(SHARDS), "--jobs", "1", "-o", array))
    if KEY in script.read_text() or (array / "course.key").stat().st_mode & 0o077:
        return ["everybody on the machine can read the key"]
    job = cluster.ask("sbatch", "--parsable", str(script))
    if not job:
        return ["sbatch does not take the script"]

    def shard_on(node):
        told = cluster.ask("squeue", "-h", "-r", "-t", "R", "-w", node, "-o", "%K")
        return int(told) if told.isdigit() else None

    until("a shard begun on node2", lambda: shard_on("node2") and lines_of_shard(array, shard_on("node2")), 20)
    shard = shard_on("node2")
    cluster.kill_node("node2")
    lines = lines_of_shard(array, shard)
    problems = []
    if not 0 < len(lines) < 4:
        problems.append(f"shard {shard} was not killed in its middle: {len(lines)} lines")
    if subprocess.run([BIN / "gradwalk-grade", "merge", array / f"shard-{shard}", "-o", folder / "early"], capture_output=True).returncode != 2:
        problems.append("a shard that is not finished was merged")
    until("the array", lambda: not cluster.ask("squeue", "-h"), PATIENCE)
    if "Restarts=1" not in cluster.ask("scontrol", "show", "job", f"{job}_{shard}"):
        problems.append(f"shard {shard} was not started again")
    for n in range(1, SHARDS + 1):
        log = (array / f"slurm-{n}.log").read_text()
        if f"Shard {n}/{SHARDS} is graded" not in log:
            problems.append(f"shard {n}: {log}")
    merged = subprocess.run([BIN / "gradwalk-grade", "merge", *array.glob("shard-*"), "-o", folder / "merged"],
                            capture_output=True, text=True)
    if merged.returncode != 0:
        problems.append(f"merge: {merged.stderr}")
    return problems


def main():
    if missing := missing_programs():
        print("skipped: not installed: " + ", ".join(missing) + " (Debian: slurm-wlm, munge)")
        raise SystemExit(77)
    with tempfile.TemporaryDirectory(prefix="gradwalk-slurm-") as name:
        folder = pathlib.Path(name)
        hand_in(folder)
        grade(folder, folder / "in", "-o", folder / "plain", "--jobs", "1")
        (folder / "cluster").mkdir()
        cluster = Cluster(folder / "cluster")
        try:
            cluster.start()
            problems = grade_through(cluster, folder)
        except SystemExit as gave_up:
            problems = [str(gave_up)]
        finally:
            cluster.stop()
        if not problems:
            wanted, got = reports(folder / "plain"), reports(folder / "merged")
            problems = [f"{file} differs" for file in sorted(wanted.keys() | got.keys()) if wanted.get(file) != got.get(file)]
        for problem in problems:
            print(problem)
        if problems:
            print(cluster.logs())
        raise SystemExit(1 if problems else 0)


if __name__ == "__main__":
    main()
