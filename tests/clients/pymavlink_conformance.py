"""pymavlink asks for what every vehicle owes, and for what none may do; raw messages, no helper of its own.

Use: pymavlink_conformance.py CONNECTION SPEED

Never: needs a network beyond this machine.
"""

import os
import statistics
import sys
import time

os.environ["MAVLINK20"] = "1"
from pymavlink import mavutil  # noqa: E402  (it reads the variable when it is loaded)

from steps import Steps  # noqa: E402

url, speed = sys.argv[1], float(sys.argv[2])
steps = Steps()
NAN, INF = float("nan"), float("inf")

link = mavutil.mavlink_connection(url, source_system=251, source_component=190)
last_beat = 0.0


def beat():
    """The heartbeat of a ground station, as often as one is due."""
    global last_beat
    if time.monotonic() - last_beat > 0.5:
        link.mav.heartbeat_send(6, 8, 0, 0, 0)
        last_beat = time.monotonic()


def receive(seconds, wanted):
    """The first message that is wanted, or none."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        beat()
        message = link.recv_match(blocking=True, timeout=0.05)
        if message is not None and wanted(message):
            return message
    return None


def command(number, *params, system=1, component=1):
    """Sends a command, and gives back its acknowledgement and the milliseconds that it took."""
    params = list(params) + [0.0] * (7 - len(params))
    sent = time.perf_counter()
    link.mav.command_long_send(system, component, number, 0, *params)
    ack = receive(1.0, lambda m: m.get_type() == "COMMAND_ACK" and m.command == number)
    return ack, (time.perf_counter() - sent) * 1000.0


def alive(name):
    """Whether it still answers, and how fast; a quiet answer is as wrong as none."""
    ack, took_ms = command(511, 30.0, 0.0)
    steps.check(f"it answers after {name}", ack is not None and took_ms < 100.0 + 50.0, f"{took_ms:.1f} ms")


def is_beat(message):
    """Camera and mount have heartbeats of their own."""
    return message.get_type() == "HEARTBEAT" and message.get_srcComponent() == 1


beat()
heartbeat = steps.need("a heartbeat comes", lambda: receive(20, is_beat).to_dict())
steps.check(
    "it is a quadcopter with PX4's modes, version 3",
    (heartbeat["type"], heartbeat["autopilot"], heartbeat["mavlink_version"]) == (2, 12, 3),
)
for _ in range(3):
    beat()
    time.sleep(0.3)

times = []
for _ in range(100):
    ack, took_ms = command(511, 30.0, 0.0)
    times.append(took_ms)
steps.check("a command is acknowledged within 20 ms at the median", statistics.median(times) < 20.0,
            f"median {statistics.median(times):.2f} ms, worst {max(times):.2f} ms of {len(times)}")
steps.check("to whoever asked", (ack.target_system, ack.target_component) == (251, 190))
ack, _ = command(65000)
steps.check("an unknown command is unsupported", ack is not None and ack.result == 3, ack)
ack, _ = command(400, 1.0, system=77)
steps.check("a command to another vehicle is nobody's here", ack is None, ack)
for params in [(NAN,), (INF,), (0.5,), (2.0,)]:
    ack, _ = command(400, *params)
    steps.check(f"arming with {params[0]} is refused", ack is not None and ack.result != 0, ack)

raw = bytearray(link.mav.command_long_encode(1, 1, 400, 0, 1, 0, 0, 0, 0, 0, 0).pack(link.mav))
damaged = bytearray(raw)
damaged[15] ^= 0xFF
cut = raw[: len(raw) // 2]
foreign = bytearray(raw)
foreign[2] = 0x40
hidden = bytes([0xFD, len(raw), 0, 0, 0, 251, 190, 0x60, 0xEA, 0x00]) + bytes(raw) + b"\x00\x00"
for name, bytes_ in [("a damaged frame", damaged), ("half a frame", cut), ("a flag that nobody knows", foreign),
                     ("a command inside an unknown message", hidden), ("noise", os.urandom(500)),
                     ("beginnings of frames", b"\xfd" * 300)]:
    link.write(bytes(bytes_))
    time.sleep(0.2)
    if "tcp" in url:
        # A stream that began a frame waits for its end: noise of one's own is swallowed by it.
        link.write(b"\x00" * 300)
    alive(name)
beat_now = receive(3, is_beat)
steps.check("none of it armed", beat_now is not None and not beat_now.base_mode & 128)

end, sent = time.monotonic() + 2.0, 0
flood = link.mav.command_long_encode(1, 1, 65000, 0, 0, 0, 0, 0, 0, 0, 0)
while time.monotonic() < end:
    for _ in range(100):
        link.write(flood.pack(link.mav))
        sent += 1
    time.sleep(0.01)
# What had been asked before is answered first.
receive(1.0, lambda m: False)
alive(f"a flood of {sent / 2.0:.0f} a second")
steps.end()
