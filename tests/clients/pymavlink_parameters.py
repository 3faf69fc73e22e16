"""pymavlink lists, reads and sets parameters, by name and number, and sets them to what they cannot be.

Use: pymavlink_parameters.py CONNECTION SPEED

Never: leaves one set otherwise than it was; needs a network beyond this machine.
"""

import struct
import sys
import time

from station import INF, NAN, Station, is_beat
from steps import Steps

url, speed = sys.argv[1], float(sys.argv[2])
steps = Steps()
station = Station(url)
INT32, REAL32 = 6, 9
NO_SUCH, RANGE, DENIED, READ_ONLY, NO_TYPE, OTHER_TYPE = 1, 2, 3, 5, 6, 7


def as_float(kind, value):
    """A value as it lies in the float field: whole numbers bit by bit."""
    return struct.unpack("<f", struct.pack("<i" if kind == INT32 else "<f", value))[0]


def of(message):
    """The value that a message tells."""
    form = {INT32: "<i", REAL32: "<f"}[message.param_type]
    return struct.unpack(form, struct.pack("<f", message.param_value))[0]


def told(by=station, seconds=1.0, **fields):
    """The next value or error."""
    kinds = ("PARAM_VALUE", "PARAM_ERROR")
    return by.receive(seconds, lambda m: m.get_type() in kinds and all(getattr(m, k) == v for k, v in fields.items()))


def read(name=b"", index=-1, by=station, to=(1, 1)):
    by.mav.param_request_read_send(*to, name, index)
    return told(by)


def write(name, value, kind, by=station, to=(1, 1)):
    """Sets a parameter to a value, or to the float that is given; the first answer."""
    by.mav.param_set_send(*to, name, value if isinstance(value, float) else as_float(kind, value), kind)
    return told(by)


def is_error(message, code):
    return message is not None and message.get_type() == "PARAM_ERROR" and message.error == code


steps.need("a heartbeat comes", lambda: station.receive(20, is_beat).to_dict())
station.still(0.5)
began, found = time.monotonic(), {}
station.mav.param_request_list_send(1, 1)
while (value := told(seconds=0.5)) is not None:
    found[value.param_index] = value
    if len(found) == value.param_count:
        break
took_s = time.monotonic() - began
counts = {value.param_count for value in found.values()}
steps.check("a hundred or more", len(found) >= 100, len(found))
steps.check("the list is whole", set(found) == set(range(len(found))) and counts == {len(found)}, counts)
steps.check("within a second", took_s < 1.0, f"{took_s:.2f} s")
steps.check("each has a name of its own", len({value.param_id for value in found.values()}) == len(found))
steps.check("each is whole or real, and finite", all(
    value.param_type == INT32 or (value.param_type == REAL32 and abs(value.param_value) < 1e9) for value in found.values()))

for index in [0, len(found) // 2, len(found) - 1]:
    name = found[index].param_id.encode()
    by_name, by_index = read(name), read(index=index)
    steps.check(f"{name.decode()} is the same by name and by number", all(
        got is not None and (got.param_id, got.param_index, of(got)) == (name.decode(), index, of(found[index]))
        for got in (by_name, by_index)))
longest = max((value.param_id for value in found.values()), key=len)
steps.check("the longest name is read, with or without a zero behind it",
            (got := read(longest.encode())) is not None and got.param_id == longest, longest)
for name, how in [("a name that is none", {"name": b"NO_SUCH_THING"}), ("16 letters and no zero", {"name": b"ABCDEFGHIJKLMNOP"}),
                  ("no name", {"name": b""}), ("a number beyond all", {"index": len(found)}), ("a number far beyond", {"index": 32_767}),
                  ("less than no number", {"name": b"NO_SUCH_THING", "index": -2}), ("a name in other bytes", {"name": b"\xff\xfe\xfd"}),
                  ("a longer name that begins like one", {"name": found[0].param_id.encode() + b"X"})]:
    steps.check(f"{name} is told to be none", is_error(got := read(**how), NO_SUCH), got)
steps.check("another vehicle's are not here", read(found[0].param_id.encode(), to=(9, 1)) is None)

# Setting: what it can be is told as it is then; what it cannot be leaves it, and says why.
HEIGHT, SWITCH = b"MIS_TAKEOFF_ALT", b"RAD_LOGS"
before = {name: of(read(name)) for name in (HEIGHT, SWITCH)}
for name, value, kind in [(HEIGHT, 6.5, REAL32), (SWITCH, 0, INT32), (SWITCH, 1, INT32), (HEIGHT, before[HEIGHT], REAL32)]:
    got = write(name, value, kind)
    steps.check(f"{name.decode()} is set to {value}", got.get_type() == "PARAM_VALUE" and of(got) == value, got)
    steps.check("and stays so", of(read(name)) == value)
write(SWITCH, before[SWITCH], INT32)
for name, value, kind, code in [
    (HEIGHT, NAN, REAL32, RANGE), (HEIGHT, INF, REAL32, RANGE), (HEIGHT, -INF, REAL32, RANGE), (HEIGHT, -1.0, REAL32, RANGE),
    (HEIGHT, 1e9, REAL32, RANGE), (HEIGHT, 6, INT32, OTHER_TYPE), (HEIGHT, 6.0, 0, NO_TYPE), (HEIGHT, 6.0, 10, NO_TYPE),
    (HEIGHT, 6.0, 255, NO_TYPE), (SWITCH, 2, INT32, RANGE), (SWITCH, -1, INT32, RANGE), (SWITCH, 1.0, REAL32, OTHER_TYPE),
    (SWITCH, NAN, INT32, RANGE), (b"NO_SUCH_THING", 1, INT32, NO_SUCH), (b"ABCDEFGHIJKLMNOP", 1, INT32, NO_SUCH),
]:
    got = write(name, value, kind)
    steps.check(f"{name.decode()} as {value} of type {kind} is refused", is_error(got, code), got)
    if code != NO_SUCH:
        kept = told(param_id=name.decode())
        steps.check("and told as it stays", kept is not None and of(kept) == before[name], kept)
figure = write(b"SYS_AUTOSTART", of(read(b"SYS_AUTOSTART")) + 1, INT32)
steps.check("a figure of the airframe is only read", is_error(figure, READ_ONLY), figure)
station.still(0.2)
station.say(station.mav.param_set_encode(1, 1, HEIGHT, 6.0, REAL32), length=3)
steps.check("a setting cut short sets nothing", is_error(got := told(), NO_SUCH), got)
steps.check("another vehicle's is not set", write(HEIGHT, 9.0, REAL32, to=(9, 1)) is None)

# Another station reads all, and sets nothing.
other = Station(url, 252)
other.receive(2, is_beat)
steps.check("another station reads", (got := read(HEIGHT, by=other)) is not None and of(got) == before[HEIGHT], got)
steps.check("and may not set", is_error(got := write(HEIGHT, 9.0, REAL32, by=other), DENIED), got)
station.still(0.3)
steps.check("nothing has changed", all(of(read(name)) == value for name, value in before.items()))
steps.end()
