"""pymavlink looks at what is aboard, in flight: camera, mount and identification, each asked as ground stations ask.

Use: pymavlink_aboard.py CONNECTION SPEED

Never: needs a network beyond this machine.
"""

import math
import os
import sys
import time

os.environ["MAVLINK20"] = "1"
from pymavlink import mavutil  # noqa: E402  (it reads the variable when it is loaded)

from steps import Steps  # noqa: E402

url, speed = sys.argv[1], float(sys.argv[2])
steps = Steps()
NAN, INF = float("nan"), float("inf")
AUTOPILOT, CAMERA, MOUNT = 1, 100, 154
ACCEPTED, BUSY, DENIED, UNSUPPORTED = 0, 1, 2, 3

link = mavutil.mavlink_connection(url, source_system=251, source_component=190)
last_beat = 0.0
heard = []


def listen(seconds, wanted=lambda message: False):
    """Hears everything for so long, or until what is wanted comes, and gives that back."""
    global last_beat
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if time.monotonic() - last_beat > 0.5:
            link.mav.heartbeat_send(6, 8, 0, 0, 0)
            last_beat = time.monotonic()
        message = link.recv_match(blocking=True, timeout=0.05)
        if message is not None:
            heard.append((message.get_srcComponent(), message))
            if wanted(message):
                return message
    return None


def command(component, number, *params):
    """Sends a command; which component has answered what, and the milliseconds that it took."""
    params = list(params) + [0.0] * (7 - len(params))
    link.mav.command_long_send(1, component, number, 0, *params)
    ack = listen(2.0, lambda m: m.get_type() == "COMMAND_ACK" and m.command == number)
    return (ack.get_srcComponent(), ack.result) if ack else None


def asked(name, component, number, params, expected):
    """One command and its one answer."""
    answer = command(component, number, *params)
    steps.check(name, answer == expected, answer)


def told(kind, component=None):
    """All messages of a kind so far, of a component."""
    of = [(by, message) for by, message in heard if message.get_type() == kind]
    return [message for by, message in of if component in (None, by)]


steps.need("somebody flies", lambda: listen(20.0, lambda m: m.get_type() == "HEARTBEAT").type)
listen(4.0 / speed)
for component, kind in [(AUTOPILOT, 2), (CAMERA, 30), (MOUNT, 26)]:
    kinds = {beat.type for beat in told("HEARTBEAT", component)}
    steps.check(f"component {component} is what it is", kinds == {kind}, kinds)

for component, message in [
    (CAMERA, 259), (CAMERA, 260), (CAMERA, 261), (CAMERA, 262), (CAMERA, 269), (CAMERA, 270), (CAMERA, 275),
    (AUTOPILOT, 280), (AUTOPILOT, 281), (MOUNT, 283), (MOUNT, 285), (AUTOPILOT, 12900), (AUTOPILOT, 12918),
]:  # fmt: skip
    answer = command(component, 512, message)
    came = listen(1.0, lambda m: m.get_msgId() == message and m.get_srcComponent() == component)
    steps.check(f"message {message} of component {component}", answer == (component, ACCEPTED) and came is not None)
for number, params in [(521, [1]), (522, [1]), (525, [0, 1]), (527, [1]), (2504, [0]), (2505, [0])]:
    asked(f"the older command {number}", CAMERA, number, params, (CAMERA, ACCEPTED))
asked("the camera's of the autopilot", AUTOPILOT, 512, [259], (AUTOPILOT, UNSUPPORTED))
asked("the camera's of whoever has it", 0, 512, [259], (CAMERA, ACCEPTED))
asked("arming the camera", CAMERA, 400, [1], (CAMERA, UNSUPPORTED))
asked("emptying the card", CAMERA, 526, [1, 1], (CAMERA, DENIED))
asked("zooming", CAMERA, 531, [1, 50], (CAMERA, UNSUPPORTED))
for name, number, params in [
    ("a pace that is none", 2000, [0, NAN, 0]),
    ("a pace beyond it", 2000, [0, 0.01, 0]),
    ("a point outside", 2004, [1.5, 0.5]),
    ("a point nowhere", 2004, [NAN, INF]),
    ("a box inside out", 2005, [0.9, 0.9, 0.1, 0.1]),
    ("a mode that is none", 530, [0, 9]),
]:
    asked(name, CAMERA, number, params, (CAMERA, DENIED))
asked("a system that is none", AUTOPILOT, 1001, [1e9, 1e9], (AUTOPILOT, DENIED))
info = told("CAMERA_INFORMATION")[-1]
steps.check("its flags", info.flags == 1823, info.flags)
steps.check("the identification names nobody", not any(told("OPEN_DRONE_ID_BASIC_ID")[-1].uas_id))

steps.wait("it arms", lambda: command(AUTOPILOT, 400, 1) == (AUTOPILOT, ACCEPTED), 30.0)
asked("it takes off", AUTOPILOT, 22, [NAN, 0, 0, NAN, NAN, NAN, 458.0], (AUTOPILOT, ACCEPTED))
listen(8.0 / speed)

asked("a photo", CAMERA, 2000, [0, 0, 1, 1], (CAMERA, ACCEPTED))
listen(2.0 / speed + 0.5)
asked("the same photo", CAMERA, 2000, [0, 0, 1, 1], (CAMERA, ACCEPTED))
asked("three in a row", CAMERA, 2000, [0, 1.0, 3, 0], (CAMERA, ACCEPTED))
listen(5.0 / speed + 0.5)
stills = told("CAMERA_IMAGE_CAPTURED")
steps.check("four stills", [still.image_index for still in stills] == [0, 1, 2, 3], len(stills))
apart_ms = [b.time_boot_ms - a.time_boot_ms for a, b in zip(stills[1:], stills[2:])]
steps.check("a second apart", all(abs(ms - 1000) <= 200 for ms in apart_ms), apart_ms)
steps.check("where they were taken", all(abs(still.lat - 474127000) < 2000 for still in stills))
asked("again and again", CAMERA, 2000, [0, 0.5, 0, 0], (CAMERA, ACCEPTED))
listen(2.0 / speed + 0.5)
asked("no more", CAMERA, 2001, [], (CAMERA, ACCEPTED))
listen(0.5)
before = len(told("CAMERA_IMAGE_CAPTURED"))
listen(2.0 / speed + 0.5)
steps.check("it has stopped", len(told("CAMERA_IMAGE_CAPTURED")) == before > 4, before)
asked("an earlier one", CAMERA, 512, [263, 2], (CAMERA, ACCEPTED))
again = listen(1.0, lambda m: m.get_type() == "CAMERA_IMAGE_CAPTURED")
steps.check("as it was told", again is not None and again.time_boot_ms == stills[2].time_boot_ms)

asked("a film", CAMERA, 2500, [], (CAMERA, ACCEPTED))
listen(2.0 / speed + 0.5)
asked("how it goes", CAMERA, 527, [1], (CAMERA, ACCEPTED))
status = listen(1.0, lambda m: m.get_type() == "CAMERA_CAPTURE_STATUS")
steps.check("it films", status is not None and status.video_status == 1 and status.recording_time_ms > 0)
asked("no more film", CAMERA, 2501, [], (CAMERA, ACCEPTED))

asked("boxes five times a second", CAMERA, 511, [275, 200000], (CAMERA, ACCEPTED))
asked("follow somebody", CAMERA, 2005, [0, 0, 1, 1], (CAMERA, ACCEPTED))
followed = listen(6.0 / speed + 2.0, lambda m: m.get_type() == "CAMERA_TRACKING_IMAGE_STATUS" and m.target_data == 4)
steps.check("somebody is followed", followed is not None)
if followed:
    box = [followed.rec_top_x, followed.rec_top_y, followed.rec_bottom_x, followed.rec_bottom_y]
    steps.check("a box in the picture", all(0 <= part <= 1 for part in box) and math.isnan(followed.radius), box)
asked("follow nobody", CAMERA, 2010, [], (CAMERA, ACCEPTED))

asked("the mount, not held", AUTOPILOT, 1000, [-35, 0, NAN, NAN], (AUTOPILOT, DENIED))
asked("the mount, taken", AUTOPILOT, 1001, [-2, 0, -1, 0], (AUTOPILOT, ACCEPTED))
held = listen(2.0, lambda m: m.get_type() == "GIMBAL_MANAGER_STATUS" and m.primary_control_sysid == 251)
steps.check("it is held", held is not None)
asked("where it looks", AUTOPILOT, 1000, [-35, 0, NAN, NAN], (AUTOPILOT, ACCEPTED))
asked("elsewhere", AUTOPILOT, 1000, [-90, 0, NAN, NAN], (AUTOPILOT, DENIED))
asked("the mount, let go", AUTOPILOT, 1001, [-3, 0, -3, 0], (AUTOPILOT, ACCEPTED))

asked("it lands", AUTOPILOT, 21, [0, 0, 0, NAN], (AUTOPILOT, ACCEPTED))
landed = listen(40.0 / speed + 10.0, lambda m: m.get_type() == "EXTENDED_SYS_STATE" and m.landed_state == 1)
steps.check("it is down", landed is not None)
steps.end()
