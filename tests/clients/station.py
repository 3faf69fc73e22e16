"""A ground station of raw messages: it beats, asks, and gives back what comes; what is right is for the tests to say.

Never: takes an answer to another for its own; asks twice.
"""

import os
import struct
import time

os.environ["MAVLINK20"] = "1"
from pymavlink import mavutil  # noqa: E402  (it reads the variable when it is loaded)

NAN, INF = float("nan"), float("inf")
ACCEPTED, BUSY, DENIED, UNSUPPORTED, FAILED = 0, 1, 2, 3, 4


class Station:
    def __init__(self, url, system=251, component=190):
        self.me = (system, component)
        self.link = mavutil.mavlink_connection(url, source_system=system, source_component=component, dialect="all")
        self.mav, self.last_beat = self.link.mav, 0.0

    def beat(self):
        """The heartbeat of a ground station, as often as one is due."""
        if time.monotonic() - self.last_beat > 0.5:
            self.mav.heartbeat_send(6, 8, 0, 0, 0)
            self.last_beat = time.monotonic()

    def receive(self, seconds, wanted):
        """The first message that is wanted, or none."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.beat()
            message = known(self.link.recv_match(blocking=True, timeout=0.02))
            if message is not None and wanted(message):
                return message
        return None

    def all(self, seconds, wanted):
        """All that are wanted in so many seconds."""
        found = []
        self.receive(seconds, lambda m: wanted(m) and found.append(m))
        return found

    def take(self, kind, seconds=1.0, component=None, **fields):
        """The first message of a kind with these fields, or none."""
        return self.receive(seconds, lambda m: is_like(m, kind, component, fields))

    def take_all(self, kind, seconds=1.0, component=None, **fields):
        return self.all(seconds, lambda m: is_like(m, kind, component, fields))

    def still(self, seconds=0.1):
        """Lets go of what has come so far."""
        self.receive(seconds, lambda m: False)

    def say(self, message, length=None):
        """Says a message; cut to a length of its payload, where one is given."""
        frame = bytearray(message.pack(self.mav))
        if length is not None:
            frame = self.framed(message.get_msgId(), bytes(frame[10:-2])[:length])
        self.link.write(bytes(frame))
        self.mav.seq = (self.mav.seq + 1) % 256

    def framed(self, number, payload, extra=None):
        """A frame around any payload at all."""
        head = [len(payload), 0, 0, self.mav.seq, *self.me, *number.to_bytes(3, "little")]
        body = bytes(head) + payload
        if extra is None:
            extra = mavutil.mavlink.mavlink_map[number].crc_extra
        crc = mavutil.x25crc(body + bytes([extra])).crc
        return bytes([0xFD]) + body + crc.to_bytes(2, "little")

    def command(self, number, *params, to=(1, 1), confirmation=0, seconds=1.0):
        """Gives a command in its long form, and gives back its acknowledgement."""
        params = list(params) + [0.0] * (7 - len(params))
        self.mav.command_long_send(*to, number, confirmation, *params)
        return self.acknowledged(number, to, seconds)

    def command_int(self, number, params, x, y, z, frame=0, to=(1, 1)):
        """The same in its other form."""
        self.mav.command_int_send(*to, frame, number, 0, 0, *params, x, y, z)
        return self.acknowledged(number, to, 1.0)

    def acknowledged(self, number, to=(1, 1), seconds=1.0):
        component = to[1] or None
        return self.take("COMMAND_ACK", seconds, component, command=number, target_system=self.me[0],
                         target_component=self.me[1])

    def result(self, number, *params, **how):
        """What comes of a command: a number, or none where there is no answer."""
        ack = self.command(number, *params, **how)
        return None if ack is None else ack.result

    def request(self, number, which=0.0, to=(1, 1), seconds=1.0):
        """Asks for a message: what comes of the command, and the message."""
        self.mav.command_long_send(*to, 512, 0, float(number), float(which), 0, 0, 0, 0, 0)
        got = {}

        def both(message):
            if is_like(message, "COMMAND_ACK", None, {"command": 512, "target_system": self.me[0]}):
                got.setdefault("ack", message.result)
            elif message.get_msgId() == number and "ack" in got:
                got.setdefault("message", message)
            return len(got) == 2 or got.get("ack", ACCEPTED) != ACCEPTED

        self.receive(seconds, both)
        return got.get("ack"), got.get("message")


class Metadata:
    """COMPONENT_METADATA, a message that pymavlink does not know yet: read from its frame, whose checksum must be right."""

    NUMBER, EXTRA, FIELDS = 397, 182, "<II100s"

    def __init__(self, frame):
        length, self.component = frame[1], frame[6]
        body, (sum_,) = frame[1 : 10 + length], struct.unpack("<H", frame[10 + length : 12 + length])
        self.is_sound = mavutil.x25crc(body + bytes([self.EXTRA])).crc == sum_
        payload = frame[10 : 10 + length].ljust(struct.calcsize(self.FIELDS), b"\0")
        self.time_boot_ms, self.file_crc, uri = struct.unpack(self.FIELDS, payload)
        self.uri = uri.rstrip(b"\0").decode()

    def get_type(self):
        return "COMPONENT_METADATA" if self.is_sound else "BAD_DATA"

    def get_msgId(self):
        return self.NUMBER

    def get_srcComponent(self):
        return self.component


def known(message):
    """The message, where pymavlink does not know it but a station here does."""
    is_metadata = message is not None and message.get_type() == f"UNKNOWN_{Metadata.NUMBER}"
    return Metadata(bytes(message.data)) if is_metadata else message


def is_like(message, kind, component, fields):
    if message.get_type() != kind or (component is not None and message.get_srcComponent() != component):
        return False
    return all(getattr(message, name) == value for name, value in fields.items())


def is_beat(message):
    """Camera and mount have heartbeats of their own."""
    return message.get_type() == "HEARTBEAT" and message.get_srcComponent() == 1


def is_armed(message):
    return bool(message.base_mode & 128)
