"""QGroundControl's words to a PX4 vehicle, in its order and with its patience; it cannot be installed here, so pymavlink
says them. Then a flight as its buttons fly it: take-off before arming, modes by a message that has no answer.

Source: QGroundControl's InitialConnectStateMachine, PX4FirmwarePlugin and QGCCameraManager.

Use: qgroundcontrol_sequence.py CONNECTION SPEED

Never: waits longer than QGroundControl; needs a network beyond this machine.
"""

import json
import struct
import sys
import time
import zlib

from files import CHECKSUM, OPEN, READ, TERMINATE, Files
from station import ACCEPTED, NAN, UNSUPPORTED, Station, is_armed, is_beat, is_like
from steps import Steps

url, speed = sys.argv[1], float(sys.argv[2])
steps = Steps()
station = Station(url, 255)
# How long a request may take until it is asked again, a parameter list, and a mode until the heartbeat shows it: seconds.
REQUEST_S, PARAMETERS_S, MODE_S = 1.0, 5.0, 1.3
CAMERA = (1, 100)


def sim(seconds):
    """So many simulated seconds, with room for a slow machine."""
    return 10.0 + 2.0 * seconds / speed


def met(name, number, which=0, to=(1, 1), must=True):
    """A request that is met: acknowledgement and message, or, where the message is not needed, an honest refusal."""
    began = time.monotonic()
    result, message = station.request(number, which, to, REQUEST_S)
    is_met = (result == ACCEPTED and message is not None) or (not must and result == UNSUPPORTED)
    steps.check(f"{name} is met", is_met, f"{result}, {time.monotonic() - began:.2f} s")
    return message


def fetched(name, uri, crc):
    """A whole file that a URI names, and its checksum as it was told before."""
    kind, path = uri.split("://")
    files, read = Files(station), b""
    opened = files.ask(OPEN, path.encode())
    size = struct.unpack("<I", opened.data)[0] if opened is not None and opened.is_granted else 0
    while len(read) < size and (part := files.ask(READ, size=min(239, size - len(read)), offset=len(read))) is not None:
        if not part.is_granted or not part.data:
            break
        read += part.data
    files.ask(TERMINATE)
    told = files.ask(CHECKSUM, path.encode())
    sums = (zlib.crc32(read, 0xFFFFFFFF) ^ 0xFFFFFFFF, struct.unpack("<I", told.data)[0] if told is not None else None)
    steps.check(f"{name} are fetched whole", kind == "mftp" and 0 < len(read) == size, f"{len(read)} of {size} bytes")
    steps.check("and are what was promised", sums == (crc, crc), sums)
    return read


# The vehicle is found by its heartbeat, and asked who it is.
beat = steps.need("a heartbeat comes", lambda: station.receive(20, is_beat))
steps.check("it is a vehicle of PX4's", (beat.type, beat.autopilot) == (2, 12))
version = met("AUTOPILOT_VERSION", 148)
steps.check("it is new enough for no warning", version.flight_sw_version >> 8 >= 0x010401)
first = met("AVAILABLE_MODES, the first", 435, 1)
modes = {first.custom_mode} | {met(f"AVAILABLE_MODES {i}", 435, i).custom_mode for i in range(2, first.number_modes + 1)}
steps.check("each mode is another", len(modes) == first.number_modes, len(modes))
time.sleep(0.2)
station.mav.command_long_send(1, 1, 512, 0, 435, 0, 0, 0, 0, 0, 0)
steps.check("all modes at once, as newer ones ask", len(station.take_all("AVAILABLE_MODES", REQUEST_S)) == first.number_modes)
metadata = met("COMPONENT_METADATA", 397)
met("COMPONENT_INFORMATION", 395, must=False)

# The file that it names, and the one that this one names, each held to the checksum before.
described = json.loads(fetched("the metadata", metadata.uri, metadata.file_crc))
kinds = {kind["type"]: kind for kind in described["metadataTypes"]}
steps.check("what they are is known", (described["version"], list(kinds)) == (1, [1]), list(kinds))
described = json.loads(fetched("the parameters' metadata", kinds[1]["uri"], kinds[1]["fileCrc"]))["parameters"]
steps.check("each parameter is described once", len({row["name"] for row in described}) == len(described), len(described))

# The parameters: most of its pages stay dead without.
station.mav.param_request_list_send(1, 0)
began, found, count = time.monotonic(), set(), None
while time.monotonic() < began + PARAMETERS_S and len(found) != count:
    value = station.take("PARAM_VALUE", 1.0)
    if value is not None and value.param_index != 65_535:
        found.add(value.param_index)
        count = value.param_count
steps.check("and each of them is described", len(described) == count, f"{len(described)} of {count}")
steps.check("the parameters are whole", found == set(range(count or 1)), f"{len(found)} in {time.monotonic() - began:.2f} s")
for name in [b"SYS_AUTOSTART", b"COM_RC_IN_MODE", b"CAL_ACC0_ID", b"CAL_GYRO0_ID", b"CAL_MAG0_ID"]:
    station.mav.param_request_read_send(1, 1, name, -1)
    value = station.take("PARAM_VALUE", param_id=name.decode())
    steps.check(f"{name.decode()} is not 0, so that no page is red", value is not None and value.param_value != 0.0, value)

# The plans, each kind that the capabilities promise.
for kind, bit in [(0, 4), (1, 16384), (2, 32768)]:
    steps.check(f"plans of kind {kind} are promised", version.capabilities & bit)
    station.mav.mission_request_list_send(1, 190, kind)
    silent = station.take("MISSION_COUNT", 0.3, mission_type=kind)
    station.mav.mission_request_list_send(1, 1, kind)
    told = station.take("MISSION_COUNT", REQUEST_S, mission_type=kind)
    steps.check("and counted, to who asks for them here", silent is None and told is not None, told)
    station.mav.mission_ack_send(1, 1, 0, kind)

# The mount and the camera, as they are looked for.
manager = met("GIMBAL_MANAGER_INFORMATION", 280)
steps.check("the mount has a number", manager.gimbal_device_id in (*range(1, 7), 154))
for seconds in [5.0 / speed]:
    steps.check("its manager tells how it stands", station.take("GIMBAL_MANAGER_STATUS", seconds + 2.0) is not None)
    steps.check("and where it looks", station.take("GIMBAL_DEVICE_ATTITUDE_STATUS", seconds + 2.0) is not None)
beat = station.take("HEARTBEAT", 5.0, component=100)
steps.check("the camera has a heartbeat of its own", beat is not None and beat.type == 30)
information = met("CAMERA_INFORMATION", 259, to=CAMERA)
steps.check("and a name", bytes(information.vendor_name)[0] and bytes(information.model_name)[0])
steps.check("the older question for it is met", station.result(521, 1, to=CAMERA) == ACCEPTED)
for name, number in [("CAMERA_SETTINGS", 260), ("STORAGE_INFORMATION", 261), ("CAMERA_CAPTURE_STATUS", 262),
                     ("VIDEO_STREAM_INFORMATION", 269), ("VIDEO_STREAM_STATUS", 270)]:
    met(name, number, to=CAMERA)
for kind in ["OPEN_DRONE_ID_ARM_STATUS", "OPEN_DRONE_ID_LOCATION", "OPEN_DRONE_ID_BASIC_ID"]:
    steps.check(f"{kind} keeps its panel alive", station.take(kind, sim(4)) is not None)
steps.wait("it is ready to fly", lambda: (status := station.take("SYS_STATUS", 3.0)) is not None
           and status.onboard_control_sensors_health & 0x1000_0000, sim(20))
home = met("HOME_POSITION", 242)

# The buttons: take-off while it is disarmed, by height above the sea; it arms then by itself.
climb_m = 8.0
result = station.result(22, -1, 0, 0, NAN, NAN, NAN, home.altitude / 1000.0 + climb_m)
steps.check("take-off is taken before arming", result == ACCEPTED, result)
shown = station.receive(MODE_S, lambda m: is_beat(m) and m.custom_mode == 2 << 24 | 4 << 16)
steps.check("and shows in the heartbeat", shown is not None)
steps.check("then it arms", (result := station.result(400, 1)) == ACCEPTED, result)
steps.check("and shows it", station.receive(MODE_S, lambda m: is_beat(m) and is_armed(m)) is not None)
up = station.receive(sim(20), lambda m: is_like(m, "GLOBAL_POSITION_INT", 1, {}) and m.relative_alt > 1000 * (climb_m - 1.0))
steps.check("it climbs to where it was told", up is not None)

# Modes have no acknowledgement here: the heartbeat has to show them.
for name, mode in [("Hold", 3), ("Return", 5), ("Hold", 3), ("Land", 6), ("Hold", 3)]:
    station.mav.set_mode_send(1, 1 | 128, mode << 24 | 4 << 16)
    sent = time.monotonic()
    shown = station.receive(MODE_S, lambda m: is_beat(m) and m.custom_mode == mode << 24 | 4 << 16)
    steps.check(f"{name} shows in the heartbeat", shown is not None, f"{time.monotonic() - sent:.2f} s")
x, y, alt_m = home.latitude + 2_500, home.longitude, home.altitude / 1000.0 + climb_m
ack = station.command_int(192, (-1, 1, 0, NAN), x, y, alt_m)
steps.check("it goes to a place on the map", ack is not None and ack.result == ACCEPTED, ack)
steps.check("and gets there", station.receive(
    sim(30), lambda m: is_like(m, "GLOBAL_POSITION_INT", 1, {}) and abs(m.lat - x) < 150) is not None)
for name, ack in [
    ("pause", station.command(192, -1, 1, 0, NAN, NAN, NAN, NAN)),
    ("circle", station.command_int(34, (8, NAN, 0, NAN), x, y, alt_m)),
    ("look there", station.command_int(195, (0, 0, 0, 0), x, y, home.altitude / 1000.0)),
    ("look ahead", station.command(197)), ("slower", station.command(178, 1, 3, -1)),
    ("home is here", station.command(179, 0, 0, 0, NAN, home.latitude / 1e7, home.longitude / 1e7, home.altitude / 1000.0)),
]:
    steps.check(f"“{name}” is taken", ack is not None and ack.result == ACCEPTED, ack and ack.result)
station.mav.set_mode_send(1, 1 | 128, 6 << 24 | 4 << 16)
steps.check("it lands and is disarmed", station.receive(sim(60), lambda m: is_beat(m) and not is_armed(m)) is not None)
steps.end()
