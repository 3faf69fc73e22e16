"""pymavlink fetches logs and files, with and without consent, and signs: raw messages, and pymavlink's own signing.

Use: pymavlink_transfers.py CONNECTION SPEED

Never: needs a network beyond this machine.
"""

import os
import struct
import sys
import time

os.environ["MAVLINK20"] = "1"
from pymavlink import mavutil  # noqa: E402  (it reads the variable when it is loaded)

from steps import Steps  # noqa: E402

url, speed = sys.argv[1], float(sys.argv[2])
steps = Steps()
link = mavutil.mavlink_connection(url, source_system=252, source_component=190)
last_beat = 0.0
number = 0
TO_PILOT = (3, 1, 0, 0, 1)


def beat():
    """The heartbeat of a ground station, as often as one is due."""
    global last_beat
    if time.monotonic() - last_beat > 0.25 / speed:
        link.mav.heartbeat_send(6, 8, 0, 0, 0)
        last_beat = time.monotonic()


def receive(seconds, wanted):
    """The first message that is wanted, or none."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        beat()
        message = link.recv_match(blocking=True, timeout=0.02)
        if message is not None and wanted(message):
            return message
    return None


def command(code, *params):
    """Sends a command, and gives back the result."""
    params = list(params) + [0.0] * (7 - len(params))
    link.mav.command_long_send(1, 1, code, 0, *params)
    ack = receive(1.0, lambda m: m.get_type() == "COMMAND_ACK" and m.command == code)
    return None if ack is None else ack.result


def entries():
    """The list of logs: number, how many, size."""
    link.mav.log_request_list_send(1, 1, 0, 0xFFFF)
    entry = receive(2.0, lambda m: m.get_type() == "LOG_ENTRY")
    return None if entry is None else (entry.id, entry.num_logs, entry.size)


def ask(opcode, data=b"", size=None, offset=0, session=3):
    """Sends a request about files; gives back its number."""
    global number
    number = (number + 2) & 0xFFFF
    size = len(data) if size is None else size
    head = struct.pack("<HBBBBBBI", number, session, opcode, size, 0, 0, 0, offset)
    link.mav.file_transfer_protocol_send(0, 1, 1, list((head + data).ljust(251, b"\0")))
    return number


def answer(seconds=1.0):
    """The next answer about files: opcode, whether a burst ends, offset, data."""
    message = receive(seconds, lambda m: m.get_type() == "FILE_TRANSFER_PROTOCOL")
    if message is None:
        return None
    payload = bytes(message.payload)
    _, _, opcode, size, _, is_last, _, offset = struct.unpack("<HBBBBBBI", payload[:12])
    return opcode, is_last, offset, payload[12:12 + size]


def told(*args, **more):
    """Asks, and gives back opcode and data of the answer."""
    ask(*args, **more)
    said = answer()
    return None if said is None else (said[0], said[3])


def refused(why):
    return (129, bytes([why]))


def checksum(data):
    """CRC-32 from 0, nothing inverted."""
    total = 0
    for byte in data:
        total ^= byte
        for _ in range(8):
            total = (total >> 1) ^ (0xEDB88320 if total & 1 else 0)
    return total


beat()
steps.need("a heartbeat comes", lambda: receive(20, lambda m: m.get_type() == "HEARTBEAT").to_dict())
# A gyroscope that has just been switched on is not trusted yet.
for _ in range(40):
    receive(0.5, lambda m: False)
    if command(400, 1) == 0:
        break
receive(16.0 / speed, lambda m: False)
steps.check("it is armed and logs", command(400, 0) == 0)
receive(4.0 / speed, lambda m: False)

PATH = b"LOG/LOG_0001.HLG"
link.param_set_send("RAD_LOGS", struct.unpack("<f", struct.pack("<i", 1))[0], 6)
receive(0.5, lambda m: m.get_type() == "PARAM_VALUE")
steps.check("without consent there is no log", entries() == (0, 0, 0))
link.mav.log_request_data_send(1, 1, 0, 0, 0xFFFFFFFF)
steps.check("nor a byte of one", receive(1.0, lambda m: m.get_type() == "LOG_DATA") is None)
for path in [PATH, b"LOG/LOG_0009.HLG", b"../../etc/passwd", b"LOG/../LOG/LOG_0001.HLG", b"@PARAM/param.pck",
             b"@SYS/threads.txt", b"@MAV_LOG/../../etc/passwd", b"/etc/passwd", b"LOG\0/x"]:
    steps.check(f"{path} is not there", told(4, path) == refused(10))
steps.check("consent is given", command(31010, *TO_PILOT) == 0)
listed = steps.need("now it is listed", entries)
steps.check("it counts from nought", listed[:2] == (0, 1) and listed[2] > 1000, listed)
size = listed[2]

began, log = time.monotonic(), {}
link.mav.log_request_data_send(1, 1, 0, 0, 0xFFFFFFFF)
while True:
    part = receive(1.0, lambda m: m.get_type() == "LOG_DATA")
    if part is None:
        break
    log[part.ofs] = bytes(part.data[:part.count])
    if part.count < 90:
        break
for offset in [at for at in range(0, size, 90) if at not in log]:
    link.mav.log_request_data_send(1, 1, 0, offset, 90)
    part = receive(1.0, lambda m: m.get_type() == "LOG_DATA" and m.ofs == offset)
    log[offset] = bytes(part.data[:part.count])
log = b"".join(log[at] for at in sorted(log))
took = time.monotonic() - began
steps.check("the log is whole", len(log) == size and log[:8] == b"HWLOG001", f"{len(log)} of {size} in {took:.2f} s")

steps.check("it opens as a file", told(4, PATH) == (128, struct.pack("<I", size)))
began, read, losses = time.monotonic(), b"", 0
while len(read) < size and losses < 20:
    ask(15, size=239, offset=len(read))
    while True:
        # What a socket has no room for is lost, the end of a burst too: it is asked for again.
        said = answer(0.2)
        losses += said is None
        if said is None or said[0] != 128:
            break
        if said[2] == len(read):
            read += said[3]
        if said[1]:
            break
took = time.monotonic() - began
steps.check("read in bursts it is the same", read == log, f"{len(read) / took / 1e6:.2f} MB/s, {losses} bursts cut")
steps.check("and so is its checksum", told(14, PATH) == (128, struct.pack("<I", checksum(log))))
steps.check("behind its end is nothing", told(5, size=10, offset=size) == refused(6))
again = ask(5, size=20, offset=0)
steps.check("a part is a part", (answer() or [0] * 4)[3] == log[:20])
number = again - 2
ask(5, size=20, offset=0)
steps.check("asked again it is told again", (answer() or [0] * 4)[3] == log[:20])
steps.check("more than fits is refused", told(5, size=240) == refused(3))
steps.check("another session is none", told(5, size=10, session=9) == refused(4))
steps.check("a list with times is not known", told(16, b"/") == refused(7))
for opcode in [6, 7, 9, 10, 11, 12, 13]:
    steps.check(f"what changes the card is refused ({opcode})", told(opcode, b"LOG/A\0B", offset=0xFFFFFF00) == refused(9))
steps.check("the session ends", told(1) == (128, b""))
steps.check("consent is withdrawn", command(31011, *TO_PILOT) == 0)
steps.check("and the log is gone", entries() == (0, 0, 0) and told(4, PATH) == refused(10))

key = bytes(range(32))
stamp = int((time.time() - 1420070400) * 100000)
link.mav.setup_signing_send(1, 1, list(key), stamp)
receive(0.5, lambda m: m.get_type() == "STATUSTEXT" and "Signing" in m.text)
steps.check("unsigned nothing is taken", command(31012) == 2)
link.setup_signing(key, sign_outgoing=True, allow_unsigned_callback=None, initial_timestamp=stamp + 1)
beat_signed = receive(4.0, lambda m: m.get_type() == "HEARTBEAT")
steps.check("what it says is signed, and pymavlink agrees", beat_signed is not None and beat_signed.get_signed())
steps.check("signed it is taken", command(31012) == 0)
old = link.mav.command_long_encode(1, 1, 31012, 0, 0, 0, 0, 0, 0, 0, 0).pack(link.mav)
link.write(old)
first = receive(1.0, lambda m: m.get_type() == "COMMAND_ACK" and m.command == 31012)
link.write(old)
second = receive(1.0, lambda m: m.get_type() == "COMMAND_ACK" and m.command == 31012)
steps.check("a frame is good once", first.result == 0 and second is not None and second.result == 2)
link.mav.setup_signing_send(1, 1, [0] * 32, 0)
receive(1.0, lambda m: m.get_type() == "STATUSTEXT" and "ended" in m.text)
link.disable_signing()
steps.check("a key of noughts ends it", command(31012) == 0)
steps.end()
