"""Flies live while clients connect, vanish, stall and flood, and watches memory and late ticks.

Use: soak.py HUSHWING SECONDS [SPEED]    with the program, e.g. target/release/hushwing

Beside it rides a bare sleeper: a process that keeps the flight's schedule and does nothing. What comes late to it, the
machine was late for: it says how many of the flight's late ticks are the flight's own.

Never: needs a network beyond this machine, or a port that is taken: it asks the system for free ones.
"""

import multiprocessing
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

os.environ["MAVLINK20"] = "1"
from pymavlink import mavutil  # noqa: E402
from pymavlink.dialects.v20 import common  # noqa: E402

program, seconds = sys.argv[1], float(sys.argv[2])
speed = sys.argv[3] if len(sys.argv) > 3 else "1"
chance = random.Random(14550)


def free_port(kind):
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


udp, tcp = free_port(socket.SOCK_DGRAM), free_port(socket.SOCK_STREAM)
folder = tempfile.mkdtemp()
flight = subprocess.Popen(
    [program, "fly", "--live", "--speed", speed, "--link", f"udpin:{udp}", "--link", f"tcp:{tcp}", "--out",
     os.path.join(folder, "soak")],
    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
)
time.sleep(2.0)
is_over = threading.Event()


def sleeper(is_over, late):
    """Wakes each 4 ms as the flight does, and counts the ticks of 2 ms for which it is more than 20 ms late."""
    due = time.monotonic()
    while not is_over.is_set():
        due += 0.004
        now = time.monotonic()
        if now < due:
            time.sleep(due - now)
        elif now - due > 1.0:
            due = now
        elif now - due > 0.020:
            late.value += 2


def pilot():
    """A well-behaved station that asks something each half second, and counts what is not answered in time."""
    link = mavutil.mavlink_connection(f"udpout:127.0.0.1:{udp}", source_system=255, source_component=190)
    while not is_over.is_set():
        link.mav.heartbeat_send(6, 8, 0, 0, 0)
        sent = time.monotonic()
        link.mav.command_long_send(1, 1, 511, 0, 30, 0, 0, 0, 0, 0, 0)
        while time.monotonic() - sent < 0.5:
            message = link.recv_match(type="COMMAND_ACK", blocking=True, timeout=0.1)
            if message is not None:
                answers.append(time.monotonic() - sent)
                break
        else:
            answers.append(None)
        time.sleep(0.3)


def vanisher(system):
    """Connects, says a little, and goes without a word, again and again; by TCP it may leave what it is told unread."""
    while not is_over.is_set():
        frame = common.MAVLink(None, srcSystem=system, srcComponent=190)
        beat = frame.heartbeat_encode(6, 8, 0, 0, 0).pack(frame)
        try:
            if chance.random() < 0.5:
                with socket.create_connection(("127.0.0.1", tcp), 1.0) as line:
                    line.sendall(beat)
                    is_over.wait(chance.uniform(0.1, 30.0))
            else:
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
                    line.sendto(beat + os.urandom(chance.randrange(200)), ("127.0.0.1", udp))
                    is_over.wait(chance.uniform(0.1, 5.0))
        except OSError:
            is_over.wait(1.0)


def flooder():
    """Now and then ten seconds of ten thousand frames a second."""
    frame = common.MAVLink(None, srcSystem=66, srcComponent=190)
    bytes_ = frame.command_long_encode(1, 1, 400, 0, 1, 0, 0, 0, 0, 0, 0).pack(frame)
    while not is_over.wait(chance.uniform(10.0, 40.0)):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            end = time.monotonic() + 10.0
            while time.monotonic() < end and not is_over.is_set():
                for _ in range(100):
                    line.sendto(bytes_, ("127.0.0.1", udp))
                time.sleep(0.01)


def resident_kib():
    with open(f"/proc/{flight.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))


def listen():
    """Takes down what the flight says, and how much evidence it says it has."""
    for line in flight.stdout:
        said.append(line)
        if (found := re.search(r"([0-9.]+) MiB of evidence", line)) is not None:
            evidence_mib.append(float(found.group(1)))


def memory():
    """What is resident, and what of it is not evidence, MiB; the flight tells of its evidence twice a minute."""
    resident_mib = resident_kib() / 1024
    return resident_mib, resident_mib - evidence_mib[-1]


def cpu_s():
    with open(f"/proc/{flight.pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


answers, said, evidence_mib = [], [], [0.0]
listener = threading.Thread(target=listen)
threads = [threading.Thread(target=pilot), threading.Thread(target=flooder)]
threads += [threading.Thread(target=vanisher, args=(system,)) for system in range(20, 28)]
fork = multiprocessing.get_context("fork")
slept_late, is_slept = fork.Value("Q", 0), fork.Event()
beside = fork.Process(target=sleeper, args=(is_slept, slept_late))
beside.start()
listener.start()
for thread in threads:
    thread.start()
began, first, first_cpu_s = time.monotonic(), memory(), cpu_s()
# A flight lasts an hour at most, and at its end its evidence is written, which takes as much memory once more.
seconds = min(seconds, 3590.0)
step = max(seconds / 12.0, 5.0)
while time.monotonic() - began < seconds - 1.0 and flight.poll() is None:
    time.sleep(min(step, seconds))
    gone = time.monotonic() - began
    last = memory()
    share = 100 * (cpu_s() - first_cpu_s) / gone
    print(f"{gone:7.0f} s  {last[0]:8.1f} MiB, {last[1]:6.1f} beside the evidence  {share:5.1f} % of a core", flush=True)
is_over.set()
is_slept.set()
beside.join()
for thread in threads:
    thread.join()
flight.send_signal(signal.SIGINT)
flight.wait(timeout=120)
listener.join()
print("".join(said))
late = [answer for answer in answers if answer is None or answer > 0.1]
answered = sorted(answer for answer in answers if answer is not None)
late_ticks = re.search(r"(\d+) ticks that began late", "".join(said))
print(f"ticks that began late: {late_ticks.group(1) if late_ticks else 0} of the flight, {slept_late.value} of a bare sleeper beside it")
print(f"{len(answers)} commands, median {1000 * answered[len(answered) // 2]:.1f} ms, {len(late)} later than 100 ms or lost")
print(f"memory {first[0]:.1f} MiB at the start, {last[0]:.1f} MiB at the end; beside the evidence {first[1]:.1f} and {last[1]:.1f} MiB")
sys.exit(flight.returncode)
