"""Prints the figures of a live flight: how soon it answers, how soon its parameters are whole, how fast a log comes, and
what share of a core it takes.

Use: figures.py CONNECTION [SECONDS [PID]]    with how long it flies, so that its log has some length, and the process of
                                              the flight, which has speed 1, if its share of a core is to be measured

Never: judges a figure; needs a network beyond this machine.
"""

import os
import random
import statistics
import struct
import sys
import threading
import time

from station import ACCEPTED, NAN, Station, is_armed, is_beat

url = sys.argv[1]
flies_s = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
pid = int(sys.argv[3]) if len(sys.argv) > 3 else None
# So often each figure is taken, and this part of what comes is lost.
REPEATS, LOST = 5, 0.05
station, chance = Station(url), random.Random(14550)


def told(name, values, unit):
    print(f"{name}: least {min(values):.2f}, median {statistics.median(values):.2f}, most {max(values):.2f} {unit}", flush=True)


def cpu_s():
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def answer_ms():
    sent = time.perf_counter()
    station.result(511, 30, 0)
    return (time.perf_counter() - sent) * 1000.0


def parameters_s(lost):
    """How long until every parameter is there; a part of what comes is thrown away, and asked for again by number."""
    station.still(0.3)
    began, found, count = time.perf_counter(), set(), None
    station.mav.param_request_list_send(1, 1)
    while count is None or len(found) < count:
        value = station.take("PARAM_VALUE", 0.06)
        if value is None:
            for index in sorted(set(range(count or 1)) - found)[:10]:
                station.mav.param_request_read_send(1, 1, b"", index)
        elif chance.random() >= lost:
            count = value.param_count
            found.add(value.param_index)
    return time.perf_counter() - began


def ask(opcode, sequence, data=b"", offset=0, size=None):
    head = struct.pack("<HBBBBBBI", sequence, 0, opcode, len(data) if size is None else size, 0, 0, 0, offset)
    station.mav.file_transfer_protocol_send(0, 1, 1, (head + data).ljust(251, b"\0"))


def answers(seconds):
    """The answers that come, as long as one comes: offset, size, whether a burst ends with it, and its data."""
    while (message := station.take("FILE_TRANSFER_PROTOCOL", seconds, target_system=station.me[0])) is not None:
        payload = bytes(message.payload)
        _, _, opcode, size, _, is_last, _, offset = struct.unpack("<HBBBBBBI", payload[:12])
        if opcode == 128:
            yield offset, size, is_last, payload[12 : 12 + size]
        else:
            return


def consented_logs():
    """Consents to one log after another until there is none more to list: their paths. A long flight has several."""
    paths = []
    while station.result(31010, 3, len(paths) + 1, 0, 0, 1, seconds=3.0) == ACCEPTED:
        ask(3, 1, b"/LOG", offset=len(paths))
        line = next(answers(0.5), None)
        if line is None:
            break
        paths.append(b"/LOG/" + line[3][1:].split(b"\t")[0])
    return paths


def burst(path):
    """A whole log by bursts, each asked for where the one before ended: its length."""
    ask(4, 2, path)
    _, _, _, opened = next(answers(2.0))
    size, have, sequence = struct.unpack("<I", opened)[0], 0, 100
    while have < size:
        ask(15, sequence, offset=have, size=239)
        sequence = (sequence + 250) % 65_000
        for offset, length, is_last, _ in answers(0.5):
            have += length if offset == have else 0
            if is_last:
                break
    ask(1, sequence)
    next(answers(0.5), None)
    return size


def bursts(paths):
    """Every log, one after the other: how long they are together, and how many megabytes came in a second."""
    station.still(0.2)
    began = time.perf_counter()
    size = sum(burst(path) for path in paths)
    return size, size / (time.perf_counter() - began) / 1e6


station.receive(20, is_beat)
print(f"load of the machine: {os.getloadavg()[0]:.1f}")
told(f"command to acknowledgement, of {20 * REPEATS}", [answer_ms() for _ in range(20 * REPEATS)], "ms")
told("all parameters", [parameters_s(0.0) for _ in range(REPEATS)], "s")
told(f"all parameters, {LOST:.0%} lost", [parameters_s(LOST) for _ in range(REPEATS)], "s")

while station.result(22, -1, 0, 0, NAN, NAN, NAN, NAN) != ACCEPTED or station.result(400, 1) != ACCEPTED:
    station.still(0.5)
if pid is not None:
    # Two clients that ask for nothing but what comes by itself; what they cost is not the flight's.
    other = Station(url, 252)
    is_over = threading.Event()
    listens = threading.Thread(target=lambda: other.receive(flies_s, lambda m: is_over.is_set()))
    listens.start()
    began, before_s = time.monotonic(), cpu_s()
    station.still(flies_s)
    share = (cpu_s() - before_s) / (time.monotonic() - began)
    is_over.set()
    listens.join()
    print(f"one flight with two clients: {share:.1%} of a core over {flies_s:.0f} s", flush=True)
else:
    station.still(flies_s)
station.result(21, 0, 0, 0, NAN, NAN, NAN, NAN)
station.receive(120, lambda m: is_beat(m) and not is_armed(m))
station.mav.param_set_send(1, 1, b"RAD_LOGS", struct.unpack("<f", struct.pack("<i", 1))[0], 6)
logs = consented_logs()
found = [bursts(logs) for _ in range(REPEATS)]
told(f"{len(logs)} logs of {found[0][0] / 1e6:.2f} MB by bursts", [speed for _, speed in found], "MB/s")
