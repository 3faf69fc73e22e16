"""pymavlink sets up signing and signs, checks what the vehicle signs, and tries all that must not get past a signature.

Use: pymavlink_signing.py CONNECTION SPEED

Never: needs a network beyond this machine.
"""

import sys
import time

from pymavlink.dialects.v20 import common

from station import ACCEPTED, DENIED, NAN, Station, is_armed, is_beat
from steps import Steps

url, speed = sys.argv[1], float(sys.argv[2])
steps = Steps()
station = Station(url)
KEY, NEXT, WRONG, NONE = bytes(range(1, 33)), bytes(range(101, 133)), b"\x55" * 32, bytes(32)
HOLD = 3 << 24 | 4 << 16
MINUTE = 60 * 100_000


def sim(seconds):
    """So many simulated seconds, with room for a slow machine."""
    return 10.0 + 2.0 * seconds / speed


def now():
    """The time as signatures have it: steps of 10 µs since 2015."""
    return int((time.time() - 1_420_070_400) * 100_000)


def rate(us=0.0):
    """A command that does no harm: a rate, or an end."""
    return common.MAVLink_command_long_message(1, 1, 511, 0, 30.0, us, 0, 0, 0, 0, 0)


def set_up(key, timestamp):
    return common.MAVLink_setup_signing_message(1, 1, key, timestamp)


def frame(message, key=None, timestamp=None, link=5, system=251):
    """A frame of the pilot's, signed with a key or not at all; by a link of its own, which has a time of its own."""
    by = common.MAVLink(None, srcSystem=system, srcComponent=190)
    if key is not None:
        by.signing.secret_key, by.signing.sign_outgoing = key, True
        by.signing.link_id, by.signing.timestamp = link, timestamp
    return bytes(message.pack(by))


def what_comes_of(bytes_):
    """Says it, and gives back how a command in it is answered."""
    station.still(0.1)
    station.link.write(bytes_)
    ack = station.take("COMMAND_ACK", command=511)
    return None if ack is None else ack.result


def newest():
    """A time beyond all that has been said: the vehicle goes on by its own clock, which may be faster than ours."""
    station.still(0.2)
    signing = station.mav.signing
    signing.timestamp += 100
    return signing.timestamp


def use(key):
    """Signs with a key from now on, and takes only what is signed with it."""
    station.link.setup_signing(key, sign_outgoing=True, initial_timestamp=max(now(), station.mav.signing.timestamp), link_id=0)


def use_none():
    station.mav.signing.secret_key, station.mav.signing.sign_outgoing = None, False


steps.need("a heartbeat comes", lambda: station.receive(20, is_beat).to_dict())
beat = station.receive(3, is_beat)
steps.check("nothing is signed at first", not beat.get_signed())
other = Station(url, 252)
other.receive(1, is_beat)
other.link.write(frame(set_up(WRONG, now()), system=252))
for name, message in [
    ("another station", None), ("a time of too many bits", set_up(WRONG, 1 << 48)),
    ("another vehicle", common.MAVLink_setup_signing_message(9, 1, WRONG, now())),
]:
    if message is not None:
        station.link.write(frame(message))
    steps.check(f"{name} sets nothing up", what_comes_of(frame(rate())) == ACCEPTED)
station.link.write(frame(set_up(KEY, now())))
text = station.take("STATUSTEXT", 2.0)
steps.check("the pilot sets up a key, and is told so", text is not None, text and text.text)

# Both ways: pymavlink refuses what is not signed right, so that what comes is.
use(KEY)
beat = station.receive(3, is_beat)
steps.check("the vehicle's frames are signed right", beat is not None and beat.get_signed())
steps.check("a signed command is carried out", (got := station.result(511, 30, 0)) == ACCEPTED, got)
parameter = station.mav.param_request_read_send(1, 1, b"MIS_TAKEOFF_ALT", -1) or station.take("PARAM_VALUE")
steps.check("a signed question is answered", parameter is not None and parameter.get_signed())
use(WRONG)
steps.check("with another key none of it is taken", station.receive(1.5, is_beat) is None)
use(KEY)
steps.check("and with the right one again", station.receive(3, is_beat) is not None)

# What must not get past.
good = frame(rate(), KEY, newest())
steps.check("a frame signed here is heard", (got := what_comes_of(good)) == ACCEPTED, got)
steps.check("said again it is not", (got := what_comes_of(good)) == DENIED, got)
bent = bytearray(frame(rate(), KEY, newest()))
bent[-1] ^= 1
late = frame(rate(), KEY, newest() - 2 * MINUTE)
for name, bytes_ in [
    ("no signature", frame(rate(-1.0))), ("another key", frame(rate(-1.0), WRONG, newest())), ("a bent signature", bytes(bent)),
    ("an old time", late), ("an old time by a new link", frame(rate(-1.0), KEY, newest() - 2 * MINUTE, link=9)),
    ("a key of zeros", frame(rate(-1.0), NONE, newest())),
]:
    steps.check(f"a frame with {name} is refused", (got := what_comes_of(bytes_)) == DENIED, got)
half = frame(rate(-1.0), KEY, newest())[:-5]
station.link.write(half)
time.sleep(0.3)
if "tcp" in url:
    # A stream that began a frame waits for its end.
    station.link.write(bytes(300))
    station.still(0.3)
steps.check("half a signature holds nothing up", (got := station.result(511, 30, 0)) == ACCEPTED, got)
got = what_comes_of(frame(rate(), KEY, newest(), link=7))
steps.check("a new link with a new time is heard", got == ACCEPTED, got)
steps.check("none of it changed the rate", station.request(244, 30)[1].interval_us > 0)
for name, message in [
    ("a parameter", common.MAVLink_param_set_message(1, 1, b"RAD_TELEM", 0.0, 6)),
    ("a mission", common.MAVLink_mission_clear_all_message(1, 1, 0)),
    ("a mode", common.MAVLink_set_mode_message(1, 1, HOLD)),
    ("another key", set_up(NEXT, now())), ("the end of signing", set_up(NONE, 0)),
    ("another key under another key", None),
]:
    bytes_ = frame(message) if message is not None else frame(set_up(NEXT, now()), WRONG, newest())
    station.link.write(bytes_)
    time.sleep(0.2)
    steps.check(f"{name} without a right signature changes nothing", station.result(511, 30, 0) == ACCEPTED)
steps.check("telemetry comes still, signed with the first key", station.take("GLOBAL_POSITION_INT", 2.0) is not None)

# Nor is anything told: not to a stranger, and not to whoever says that he is the pilot.
for name, message, answer in [
    ("a parameter", common.MAVLink_param_request_read_message(1, 1, b"MIS_TAKEOFF_ALT", -1), "PARAM_VALUE"),
    ("all parameters", common.MAVLink_param_request_list_message(1, 1), "PARAM_VALUE"),
    ("the mission", common.MAVLink_mission_request_list_message(1, 1, 0), "MISSION_COUNT"),
]:
    for system in (251, 252):
        station.still(0.1)
        station.link.write(frame(message, system=system))
        steps.check(f"{name} is not told to {system} without a signature", station.take(answer, 0.5) is None)
    station.still(0.1)
    station.link.write(frame(message, KEY, newest()))
    steps.check(f"{name} is told to who signs", station.take(answer) is not None)
    station.still(1.0)

# A heartbeat needs none: it keeps the link, and nothing else does.
steps.wait("take-off is taken", lambda: station.result(22, -1, 0, 0, NAN, NAN, NAN, NAN) == ACCEPTED, sim(20))
steps.wait("it is armed", lambda: station.result(400, 1) == ACCEPTED, sim(20))
steps.need("and in the air", lambda: station.receive(sim(30), lambda m: m.get_type() == "GLOBAL_POSITION_INT"
                                                     and m.relative_alt > 1500).to_dict())
steps.need("it holds", lambda: station.result(176, 1, 4, 3) == ACCEPTED and station.receive(
    sim(5), lambda m: is_beat(m) and m.custom_mode == HOLD).to_dict())
station.mav.setup_signing_send(1, 1, NEXT, now())
steps.check("armed, it takes no other key", (got := station.result(511, 30, 0)) == ACCEPTED, got)
station.beat = lambda: None
plain = frame(common.MAVLink_heartbeat_message(6, 8, 0, 0, 0, 3))
modes, end = set(), time.monotonic() + 12.0 / speed
while time.monotonic() < end:
    station.link.write(plain)
    beat = station.receive(0.2, is_beat)
    if beat is not None:
        modes.add(beat.custom_mode)
steps.check("heartbeats without a signature keep the link", modes == {HOLD}, [hex(mode) for mode in modes])
end, beat = time.monotonic() + sim(10), None
while time.monotonic() < end and (beat is None or beat.custom_mode == HOLD):
    station.link.write(frame(rate()))
    beat = station.receive(0.3, is_beat) or beat
steps.check("other frames without one do not", beat is not None and beat.custom_mode != HOLD, beat and hex(beat.custom_mode))
del station.beat
station.beat()
steps.need("it lands", lambda: station.result(21, 0, 0, 0, NAN, NAN, NAN, NAN) == ACCEPTED or 1 / 0)
steps.need("and is disarmed", lambda: station.receive(sim(60), lambda m: is_beat(m) and not is_armed(m)).to_dict())

# A new key needs the old one; so does the end.
station.mav.setup_signing_send(1, 1, NEXT, station.mav.signing.timestamp)
use(NEXT)
beat = station.receive(3, is_beat)
steps.check("signed, a new key is taken, and used", beat is not None and beat.get_signed())
steps.check("and heard", (got := station.result(511, 30, 0)) == ACCEPTED, got)
steps.check("the old one is not", (got := what_comes_of(frame(rate(), KEY, newest()))) == DENIED, got)
station.mav.setup_signing_send(1, 1, NONE, 0)
use_none()
station.still(1.0)
beat = station.receive(3, is_beat)
steps.check("a key of zeros ends it", beat is not None and not beat.get_signed())
steps.check("and what is not signed is heard again", (got := what_comes_of(frame(rate()))) == ACCEPTED, got)
steps.end()
