"""pymavlink sends missions, fences and rally points up and down, and breaks every rule of the protocol on its way.

Use: pymavlink_plans.py CONNECTION SPEED

Never: flies; needs a network beyond this machine.
"""

import struct
import sys
import time

from station import INF, NAN, Station, is_beat
from steps import Steps

url, speed = sys.argv[1], float(sys.argv[2])
steps = Steps()
station = Station(url)
MISSION, FENCE, RALLY, EVERY = 0, 1, 2, 255
OK, ERROR, NO_FRAME, NO_COMMAND, NO_SPACE, PARAM5, PARAM7, SEQUENCE, DENIED = 0, 1, 2, 3, 4, 10, 12, 13, 14
LAT, LON = 470_000_000, 80_000_000


def item(command=16, p=(0.0, 0.0, 0.0, 0.0), x=LAT, y=LON, z=10.0, frame=6, seq=0, kind=MISSION, current=0):
    """One item, as it lies on the wire; NaN keeps its bits."""
    return station.mav.mission_item_int_encode(1, 1, seq, frame, command, current, 1, *p, x, y, z, kind)


def bits(message):
    """All of an item but whom it is for; floats as their bits."""
    floats = (message.param1, message.param2, message.param3, message.param4, message.z)
    return (struct.pack("<5f", *floats), message.x, message.y, message.seq, message.command, message.frame,
            message.current, message.autocontinue, message.mission_type)


def upload(items, kind=MISSION, by=station, lie=None):
    """Sends a plan up as it is asked for: what it is acknowledged with, and the number that it has from then on."""
    by.mav.mission_count_send(1, 1, len(items) if lie is None else lie, kind)
    end = time.monotonic() + 8.0
    while time.monotonic() < end:
        message = by.receive(3.0, lambda m: m.get_type() in ("MISSION_REQUEST", "MISSION_REQUEST_INT", "MISSION_ACK"))
        if message is None:
            return None, None
        if message.get_type() == "MISSION_ACK":
            return message.type, message
        if message.get_type() != "MISSION_REQUEST_INT":
            return message.get_type(), None
        if message.seq < len(items):
            sent = items[message.seq]
            sent.seq = message.seq
            by.say(sent)
    return None, None


def download(kind=MISSION, by=station):
    """A plan as it comes down: its items, and the message that counted them."""
    by.mav.mission_request_list_send(1, 1, kind)
    count = by.take("MISSION_COUNT", mission_type=kind)
    items = []
    for seq in range(count.count if count else 0):
        by.mav.mission_request_int_send(1, 1, seq, kind)
        found = by.take("MISSION_ITEM_INT", seq=seq, mission_type=kind)
        if found is None:
            break
        items.append(found)
    by.mav.mission_ack_send(1, 1, 0, kind)
    return items, count


def number(message):
    """The opaque number behind a message, which the dialect does not know: 0 where it is trimmed away."""
    known = {"MISSION_ACK": 4, "MISSION_COUNT": 5}[message.get_type()]
    payload = bytes(message.get_msgbuf())[10:-2]
    return int.from_bytes(payload[known : known + 4], "little")


def clear(kind):
    station.mav.mission_clear_all_send(1, 1, kind)
    return station.take("MISSION_ACK", mission_type=kind)


steps.need("a heartbeat comes", lambda: station.receive(20, is_beat).to_dict())
corners = [(-8000, -8000), (-8000, 8000), (8000, 8000), (8000, -8000)]
plans = {
    MISSION: [
        item(22, (NAN, NAN, NAN, NAN), z=10.0), item(16, (0.5, 2.0, 0.0, NAN), LAT + 900, LON - 900, 12.5),
        item(178, (1.0, 3.0, -1.0, 0.0), 0, 0, NAN, frame=2), item(93, (2.0, -1.0, -1.0, -1.0), -7, 2**31 - 1, -0.0, frame=2),
        item(16, (0, 0, 0, 90.0), LAT + 1, LON, 10.0, frame=3), item(2000, (0, 0, 1, 0), 0, 0, 0.0, frame=2),
        item(20, (NAN, NAN, NAN, NAN), 0, 0, 0.0, frame=2),
    ],
    FENCE: [item(5001, (4.0, 0, 0, 0), LAT + n, LON + e, 0.0, 5, kind=FENCE, current=int(i == 0))
            for i, (n, e) in enumerate(corners)] + [item(5004, (5.0, 0, 0, 0), LAT, LON + 7000, 0.0, 5, kind=FENCE)],
    RALLY: [item(5100, x=LAT + 500, kind=RALLY, z=20.0)],
}
numbers = {}
for kind, items in plans.items():
    result, ack = upload(items, kind)
    steps.check(f"a plan of kind {kind} goes up", result == OK, result)
    down, count = download(kind)
    steps.check("and comes down, bit by bit the same", [bits(a) for a in items] == [bits(a) for a in down], len(down))
    numbers[kind] = number(ack)
    steps.check("with one number for both, which is not 0", numbers[kind] == number(count) != 0, numbers[kind])
_, current = station.request(42)
told = current and struct.unpack("<3I", bytes(current.get_msgbuf())[16:-2].ljust(12, b"\0"))
steps.check("what is current is told with all three numbers", told == tuple(numbers.values()), told)

# Plans that are none; each leaves the one that is there.
way = lambda **how: item(**{"seq": 0, **how})  # noqa: E731
for name, items, kind, result in [
    ("a height that is no number", [way(z=NAN)], MISSION, PARAM7), ("a height without end", [way(z=INF)], MISSION, PARAM7),
    ("a latitude of 91°", [way(x=910_000_000)], MISSION, PARAM5), ("a longitude of 181°", [way(y=1_810_000_000)], MISSION, PARAM5),
    ("an unknown command", [way(command=65_000)], MISSION, NO_COMMAND), ("an unknown frame", [way(frame=99)], MISSION, NO_FRAME),
    ("a way-point in metres", [way(frame=1)], MISSION, NO_FRAME), ("a corner in a mission", [way(command=5001)], MISSION, NO_COMMAND),
    ("a way-point in a fence", [way(kind=FENCE)], FENCE, NO_COMMAND),
    ("a polygon cut short", plans[FENCE][:3], FENCE, 5), ("a circle of no radius", [item(5003, (NAN, 0, 0, 0), kind=FENCE, frame=5)], FENCE, 6),
    ("a fence off Earth", [item(5003, (9.0, 0, 0, 0), x=910_000_000, kind=FENCE, frame=5)], FENCE, PARAM5),
    ("a rally point without height", [item(5100, kind=RALLY, z=NAN)], RALLY, PARAM7),
    ("the second item bad", [way(), way(z=NAN)], MISSION, PARAM7),
]:
    got, _ = upload(items, kind)
    steps.check(f"a plan with {name} is refused", got == result, got)
    steps.check("and the old one stays", [bits(a) for a in download(kind)[0]] == [bits(a) for a in plans[kind]])
station.mav.mission_count_send(1, 1, 65_535, MISSION)
got = station.take("MISSION_ACK")
steps.check("a count beyond all room is refused", got is not None and got.type == NO_SPACE, got)
station.mav.mission_write_partial_list_send(1, 1, 0, 1, MISSION)
got = station.take("MISSION_ACK")
steps.check("a part of a plan is refused", got is not None and got.type == NO_COMMAND, got)
for name, say in [("a list", station.mav.mission_request_list_send), ("an end", station.mav.mission_clear_all_send)]:
    say(1, 1, 77)
    got = station.take("MISSION_ACK")
    steps.check(f"{name} of a kind that is none is refused", got is not None and got.type != OK, got)
    say(9, 1, MISSION)
    got = station.receive(0.4, lambda m: m.get_type() in ("MISSION_ACK", "MISSION_COUNT"))
    steps.check("and for another vehicle has no answer", got is None, got)

# A count that lies, items out of turn, and a partner who goes, or calls it off.
station.mav.mission_count_send(1, 1, 3, MISSION)
station.take("MISSION_REQUEST_INT", seq=0)
station.say(item(seq=2))
got = station.take("MISSION_REQUEST_INT", 3.0)
steps.check("an item out of turn is passed over, and the right one asked for again", got is not None and got.seq == 0, got)
station.say(item(seq=0))
steps.check("what comes in turn goes on", station.take("MISSION_REQUEST_INT", 1.0, seq=1) is not None)
station.say(item(seq=0))
asked = station.take_all("MISSION_REQUEST_INT", 4.0 / speed + 0.5)
steps.check("what does not come is asked for again, and again", asked and {m.seq for m in asked} == {1}, len(asked))
got = station.take("MISSION_ACK", 16.0 / speed + 2.0)
steps.check("and given up with an error", got is not None and got.type == ERROR, got)
steps.check("the old plan stays", [bits(a) for a in download()[0]] == [bits(a) for a in plans[MISSION]])
station.mav.mission_count_send(1, 1, 3, MISSION)
station.take("MISSION_REQUEST_INT", seq=0)
station.mav.mission_ack_send(1, 1, 15, MISSION)
steps.check("called off, nothing is asked for", station.take("MISSION_REQUEST_INT", 4.0 / speed + 0.5) is None)
steps.check("nor acknowledged", station.take("MISSION_ACK", 0.5) is None)
station.say(item(seq=1))
steps.check("an item outside of all has no answer", station.take("MISSION_ACK", 0.5) is None)
station.mav.mission_request_list_send(1, 1, MISSION)
station.take("MISSION_COUNT")
station.mav.mission_request_int_send(1, 1, 500, MISSION)
got = station.take("MISSION_ACK")
steps.check("an item that is none is refused", got is not None and got.type == SEQUENCE, got)

# Another station at once: it may read, and neither write nor clear.
other = Station(url, 252)
other.receive(2, is_beat)
station.still(0.2)
station.mav.mission_count_send(1, 1, 1, MISSION)
station.take("MISSION_REQUEST_INT", seq=0)
got, _ = upload([way()], MISSION, other)
steps.check("a second partner is refused", got in (ERROR, DENIED), got)
other.mav.mission_clear_all_send(1, 1, MISSION)
got = other.take("MISSION_ACK")
steps.check("and clears nothing", got is not None and got.type in (ERROR, DENIED), got)
steps.check("but reads", [bits(a) for a in download(MISSION, other)[0]] == [bits(a) for a in plans[MISSION]])
station.still(0.2)
station.say(way())
got = station.take("MISSION_ACK")
steps.check("the first goes on to its end", got is not None and got.type == OK, got)

# Clearing, kind by kind and all at once.
steps.check("a mission is cleared", (got := clear(MISSION)) is not None and got.type == OK and number(got) == 0, got)
left = [len(download(kind)[0]) for kind in plans]
steps.check("and nothing else", left == [0, 5, 1], left)
got, _ = upload([], FENCE)
steps.check("a count of none clears too", (got, len(download(FENCE)[0])) == (OK, 0), got)
upload(plans[MISSION])
steps.check("all are cleared", (got := clear(EVERY)) is not None and got.type == OK, got)
left = [len(download(kind)[0]) for kind in plans]
steps.check("and none is left", left == [0, 0, 0], left)
station.say(station.mav.mission_item_int_encode(1, 1, 0, 6, 16, 0, 1, 0, 0, 0, 0, LAT, LON, 9.0), length=3)
steps.check("it answers still", station.result(511, 30, 0) == 0)
steps.end()
