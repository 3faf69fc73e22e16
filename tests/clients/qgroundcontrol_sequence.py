"""What QGroundControl asks when it connects, and what its buttons send, in its order: every request must be met.

QGroundControl itself has no package to install; this is its sequence for a vehicle with PX4's identity, from its
source and a trace of its connection.

Use: qgroundcontrol_sequence.py CONNECTION SPEED

Never: needs a network beyond this machine.
"""

import os
import sys
import time

os.environ["MAVLINK20"] = "1"
from pymavlink import mavutil  # noqa: E402  (it reads the variable when it is loaded)

from steps import Steps  # noqa: E402

url, speed = sys.argv[1], float(sys.argv[2])
steps = Steps()
NAN = float("nan")
ACCEPTED, UNSUPPORTED = 0, 3
# So long it waits for a mode to show, in seconds, before it says that the vehicle does not change it.
MODE_S = 1.34
TAKE_OFF, HOLD, RETURN, LAND = 0x02040000, 0x03040000, 0x05040000, 0x06040000

link = mavutil.mavlink_connection(url, source_system=255, source_component=190)
last_beat = 0.0


def receive(seconds, wanted):
    """The first message that is wanted, or none."""
    global last_beat
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if time.monotonic() - last_beat > 0.5:
            link.mav.heartbeat_send(6, 8, 0, 0, 0)
            last_beat = time.monotonic()
        message = link.recv_match(blocking=True, timeout=0.02)
        if message is not None and wanted(message):
            return message
    return None


def is_ack(number, component=1):
    return lambda m: (m.get_type(), m.get_srcComponent()) == ("COMMAND_ACK", component) and m.command == number


def is_beat(message):
    return message.get_type() == "HEARTBEAT" and message.get_srcComponent() == 1


def command(number, *params, component=1):
    params = list(params) + [0.0] * (7 - len(params))
    link.mav.command_long_send(1, component, number, 0, *params)
    ack = receive(1.0, is_ack(number, component))
    return None if ack is None else ack.result


def request(message, which=0.0, component=1):
    """The answer to a request, and the message, both of which it needs."""
    link.mav.command_long_send(1, component, 512, 0, message, which, 0, 0, 0, 0, 0)
    ack = receive(1.0, is_ack(512, component))
    if ack is None or ack.result != ACCEPTED:
        return (None if ack is None else ack.result), None
    return ACCEPTED, receive(1.0, lambda m: m.get_msgId() == message and m.get_srcComponent() == component)


def shows(mode, is_armed=None):
    """Whether a heartbeat shows a mode in time."""
    def wanted(m):
        return is_beat(m) and m.custom_mode == mode and is_armed in (None, bool(m.base_mode & 128))
    return receive(MODE_S, wanted) is not None


def set_mode(mode):
    link.mav.set_mode_send(1, 1, mode)
    return shows(mode)


heartbeat = steps.need("a heartbeat comes", lambda: receive(20, is_beat).to_dict())
steps.check("of a vehicle", heartbeat["autopilot"] == 12, heartbeat["autopilot"])

answer, version = request(148)
steps.check("its version is told", version is not None, answer)
release = 0 if version is None else version.flight_sw_version >> 8
steps.check("which is new enough", release >= 0x010401, hex(release))

answer, mode = request(435, 1)
steps.check("its first mode is told", mode is not None, answer)
count = 0 if mode is None else mode.number_modes
told = [request(435, place)[1] for place in range(1, count + 1)]
steps.check("and each of the others", all(m is not None for m in told), count)
link.mav.command_long_send(1, 1, 512, 0, 435, 0, 0, 0, 0, 0, 0)
places = set()
receive(1.0, lambda m: m.get_type() == "AVAILABLE_MODES" and (places.add(m.mode_index) or len(places) == count))
steps.check("and all at once", len(places) == count, len(places))

for message in [397, 395]:
    answers = [request(message)[0] for _ in range(3)]
    steps.check(f"metadata {message} is said not to be there", answers == [UNSUPPORTED] * 3, answers)

link.mav.param_request_list_send(1, 1)
values = {}


def takes(m):
    if m.get_type() == "PARAM_VALUE":
        values[m.param_index] = m
        return len(values) == m.param_count
    return False


steps.check("all parameters come within 5 s", receive(5.0, takes) is not None, len(values))
named = {m.param_id for m in values.values()}
steps.check("those that it looks at among them", {"SYS_AUTOSTART", "COM_RC_IN_MODE"} <= named, sorted(named)[:3])

for kind in [0, 1, 2]:
    link.mav.mission_request_list_send(1, 1, kind)
    plan = receive(1.5, lambda m: m.get_type() == "MISSION_COUNT" and m.mission_type == kind)
    steps.check(f"the plan of kind {kind} is told", plan is not None and plan.count == 0, plan)
    link.mav.mission_ack_send(1, 1, 0, kind)

steps.check("its gimbal manager answers", request(280)[1] is not None)
steps.check("its camera answers for itself", request(259, component=100)[1] is not None)
home = steps.need("home is known", lambda: request(242)[1].to_dict())
home_m = home["altitude"] / 1000.0

ready = 0x10000000
steps.check("it is ready to fly", receive(
    5.0 + 20.0 / speed,
    lambda m: m.get_type() == "SYS_STATUS" and m.onboard_control_sensors_health & ready) is not None)

steps.check("take-off is accepted before it is armed", command(22, -1, 0, 0, NAN, NAN, NAN, home_m + 8.0) == ACCEPTED)
steps.check("and shown", shows(TAKE_OFF, False))
steps.check("it arms", command(400, 1.0) == ACCEPTED)
steps.check("and shows it", receive(MODE_S, lambda m: is_beat(m) and m.base_mode & 128) is not None)
steps.check("it holds when it is up", receive(
    5.0 + 30.0 / speed, lambda m: is_beat(m) and m.custom_mode == HOLD) is not None)


def position(wanted, seconds):
    def is_there(m):
        return m.get_type() == "GLOBAL_POSITION_INT" and wanted(m)
    return receive(5.0 + 2.0 * seconds / speed, is_there)


here = steps.need("it is up", lambda: position(lambda m: m.relative_alt > 6_000, 20).to_dict())
link.mav.command_int_send(1, 1, 0, 192, 0, 0, -1, 1, 0, NAN, here["lat"] + 2_500, here["lon"], home_m + 8.0)
ack = receive(1.0, is_ack(192))
steps.check("it goes to a place on the map", ack is not None and ack.result == ACCEPTED, ack)
steps.check("and gets there", position(lambda m: abs(m.lat - here["lat"] - 2_500) < 150, 30) is not None)
steps.check("it pauses", command(192, -1, 1, 0, NAN, NAN, NAN, NAN) == ACCEPTED and shows(HOLD))
for name, mode in [("return", RETURN), ("hold", HOLD), ("land", LAND)]:
    steps.check(f"the button for {name} works", set_mode(mode))
steps.check("it lands and disarms", receive(
    5.0 + 60.0 / speed, lambda m: is_beat(m) and not m.base_mode & 128) is not None)
steps.end()
