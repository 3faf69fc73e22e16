"""pymavlink asks for every message, rate, mode and clock, and gives commands well and badly; then camera and mount.

Use: pymavlink_services.py CONNECTION SPEED

Never: arms; needs a network beyond this machine.
"""

import sys
import time

from station import ACCEPTED, BUSY, DENIED, INF, NAN, UNSUPPORTED, Station, is_armed, is_beat
from steps import Steps

url, speed = sys.argv[1], float(sys.argv[2])
steps = Steps()
station = Station(url)
steps.need("a heartbeat comes", lambda: station.receive(20, is_beat).to_dict())
# Until its place is known, what tells of it has nothing to tell.
steps.wait("its home is known", lambda: station.request(242)[1] is not None, 20)

# Messages: an acknowledgement and the message, from whoever has it.
CAMERA, MOUNT = (1, 100), (1, 154)
for name, number, to in [
    ("HEARTBEAT", 0, (1, 1)), ("SYS_STATUS", 1, (1, 1)), ("SYSTEM_TIME", 2, (1, 1)), ("GPS_RAW_INT", 24, (1, 1)),
    ("SCALED_IMU", 26, (1, 1)), ("DISTANCE_SENSOR", 132, (1, 1)), ("ACTUATOR_OUTPUT_STATUS", 375, (1, 1)),
    ("SCALED_PRESSURE", 29, (1, 1)), ("ATTITUDE", 30, (1, 1)), ("ATTITUDE_QUATERNION", 31, (1, 1)),
    ("LOCAL_POSITION_NED", 32, (1, 1)), ("GLOBAL_POSITION_INT", 33, (1, 1)), ("SERVO_OUTPUT_RAW", 36, (1, 1)),
    ("MISSION_CURRENT", 42, (1, 1)), ("GPS_GLOBAL_ORIGIN", 49, (1, 1)), ("RC_CHANNELS", 65, (1, 1)),
    ("VFR_HUD", 74, (1, 1)), ("HIGHRES_IMU", 105, (1, 1)), ("ALTITUDE", 141, (1, 1)), ("BATTERY_STATUS", 147, (1, 1)),
    ("AUTOPILOT_VERSION", 148, (1, 1)), ("ESTIMATOR_STATUS", 230, (1, 1)), ("WIND_COV", 231, (1, 1)),
    ("VIBRATION", 241, (1, 1)), ("HOME_POSITION", 242, (1, 1)), ("EXTENDED_SYS_STATE", 245, (1, 1)),
    ("CAMERA_INFORMATION", 259, CAMERA), ("CAMERA_SETTINGS", 260, CAMERA), ("STORAGE_INFORMATION", 261, CAMERA),
    ("CAMERA_CAPTURE_STATUS", 262, CAMERA), ("VIDEO_STREAM_INFORMATION", 269, CAMERA),
    ("VIDEO_STREAM_STATUS", 270, CAMERA), ("CAMERA_TRACKING_IMAGE_STATUS", 275, CAMERA),
    ("GIMBAL_MANAGER_INFORMATION", 280, (1, 1)), ("GIMBAL_MANAGER_STATUS", 281, (1, 1)),
    ("GIMBAL_DEVICE_INFORMATION", 283, MOUNT), ("GIMBAL_DEVICE_ATTITUDE_STATUS", 285, MOUNT),
    ("ODOMETRY", 331, (1, 1)), ("CURRENT_MODE", 436, (1, 1)), ("COMPONENT_METADATA", 397, (1, 1)), ("OPEN_DRONE_ID_BASIC_ID", 12900, (1, 1)),
    ("OPEN_DRONE_ID_LOCATION", 12901, (1, 1)), ("OPEN_DRONE_ID_SYSTEM", 12904, (1, 1)),
    ("OPEN_DRONE_ID_ARM_STATUS", 12918, (1, 1)),
]:
    result, message = station.request(number, to=to)
    came = message is not None and message.get_type() == name and message.get_srcComponent() in (to[1], 236)
    # On the ground it knows no wind, and says that there is nothing to tell yet.
    is_calm = (name, result) == ("WIND_COV", BUSY)
    steps.check(f"{name} is told to who asks", (result == ACCEPTED and came) or is_calm, result)
for name, number, refused in [
    ("no number", NAN, (DENIED, UNSUPPORTED)), ("without end", INF, (DENIED, UNSUPPORTED)), ("-1", -1.0, (DENIED, UNSUPPORTED)),
    ("readings as they come", 27.0, (UNSUPPORTED,)), ("half a number", 30.5, (DENIED, UNSUPPORTED)), ("a message that is none", 60_000.0, (UNSUPPORTED,)),
    ("the older metadata", 395.0, (UNSUPPORTED,)),
]:
    steps.check(f"a request for {name} is refused", (got := station.result(512, number)) in refused, got)

version = station.request(148)[1]
NEEDED = 1 | 2 | 4 | 8 | 16 | 32 | 64 | 8192 | 16384 | 32768 | 262144
steps.check("its capabilities are what clients need", version.capabilities & NEEDED == NEEDED, hex(version.capabilities))
steps.check("and of parameters one encoding alone", not version.capabilities & 131072)
steps.check("its version is not one that stations warn of", version.flight_sw_version >= 1 << 24 | 4 << 16 | 1 << 8)

# Modes: one, all, none.
AVAILABLE_MODES = 435
first = station.request(AVAILABLE_MODES, 1)[1]
steps.check("the first mode is told", first is not None and first.mode_index == 1)
time.sleep(0.2)
station.mav.command_long_send(1, 1, 512, 0, AVAILABLE_MODES, 0, 0, 0, 0, 0, 0)
modes = station.take_all("AVAILABLE_MODES")
steps.check("all modes are told, each once", [mode.mode_index for mode in modes] == list(range(1, first.number_modes + 1)))
steps.check("each has a number and a name of its own", len({mode.custom_mode for mode in modes}) ==
            len({mode.mode_name for mode in modes}) == first.number_modes, first.number_modes)
got = station.result(512, AVAILABLE_MODES, 200)
steps.check("a mode that is none is not accepted", got in (BUSY, DENIED, UNSUPPORTED), got)

# Rates.
ATTITUDE = 30


def interval_us(number):
    return station.request(244, number)[1].interval_us


usual_us = interval_us(ATTITUDE)
for name, interval, result, shown_us in [
    ("never", -1.0, ACCEPTED, lambda us: us == -1), ("as usual", 0.0, ACCEPTED, lambda us: us == usual_us),
    ("each 50 ms", 50_000.0, ACCEPTED, lambda us: us == 50_000), ("absurdly often", 1.0, ACCEPTED, lambda us: 1000 <= us),
    ("no number", NAN, DENIED, lambda us: 1000 <= us), ("without end", INF, DENIED, lambda us: 1000 <= us),
    ("less than nothing", -2.0, DENIED, lambda us: 1000 <= us), ("as usual again", 0.0, ACCEPTED, lambda us: us == usual_us),
]:
    got, us = station.result(511, ATTITUDE, interval), interval_us(ATTITUDE)
    steps.check(f"a message told {name}", got == result and shown_us(us), f"{got}, {us} us")
station.result(511, ATTITUDE, -1)
station.still()
steps.check("what is never told is silent", station.take("ATTITUDE", 1.0) is None)
station.result(511, ATTITUDE, 0)
steps.check("and then comes again", station.take("ATTITUDE", 2.0) is not None)
steps.check("a rate for a message that is none", (got := station.result(511, 60_000, 1e6)) == UNSUPPORTED, got)
steps.check("the interval of what is not told is 0", interval_us(60_000) == 0)

# Clocks.
station.mav.timesync_send(0, 123_456_789)
sync = station.take("TIMESYNC", ts1=123_456_789)
steps.check("TIMESYNC is answered with its time", sync is not None and sync.tc1 > 0)
station.mav.timesync_send(5, 987_654_321)
steps.check("an answer is not answered", station.take("TIMESYNC", 0.5, ts1=987_654_321) is None)
station.mav.ping_send(77, 9, 0, 0)
ping = station.take("PING", seq=9)
steps.check("PING comes back to its sender", ping is not None and (ping.target_system, ping.time_usec) == (251, 77))
station.mav.ping_send(78, 10, 1, 1)
steps.check("but an answered one does not", station.take("PING", 0.5, seq=10) is None)

# Commands: what is not for it, what is cut, what comes twice, and the other form.
for name, to, answers in [
    ("another vehicle's", (77, 1), False), ("another component's", (1, 66), False), ("everybody's", (0, 0), True),
    ("any component's", (1, 0), True), ("the camera's", CAMERA, True), ("the mount's", MOUNT, True),
]:
    ack = station.command(65_000, to=to, seconds=0.7)
    steps.check(f"a command that is {name} is {'answered' if answers else 'nobody’s'}", (ack is not None) == answers
                and (ack is None or ack.result == UNSUPPORTED), ack and ack.result)
station.say(station.mav.command_long_encode(1, 1, 511, 0, 30, 0, 0, 0, 0, 0, 0), length=9)
steps.check("a command cut short is zeros, and harms nothing", station.take("COMMAND_ACK", 0.5, command=511) is None)
long = station.mav.command_long_encode(1, 1, 511, 0, 30, 0, 0, 0, 0, 0, 0).pack(station.mav)
station.link.write(station.framed(76, bytes(long[10:-2]).ljust(33, b"\0") + b"more than is known"))
steps.check("a longer payload than is known is read", station.take("COMMAND_ACK", 1.0, command=511) is not None)
for name, params, z, frame, result in [
    ("a body's frame", (3.0, 1.0, 0, NAN), 500.0, 12, 9), ("a frame that is none", (3.0, 1.0, 0, NAN), 500.0, 99, 9),
    ("a place without height", (3.0, 1.0, 0, NAN), INF, 0, DENIED),
]:
    ack = station.command_int(192, params, 470_000_000, 80_000_000, z, frame)
    steps.check(f"to go there in {name} is refused", ack is not None and ack.result == result, ack and ack.result)
ack = station.command_int(192, (3.0, 1.0, 0, NAN), 910_000_000, 80_000_000, 500.0)
steps.check("beyond the pole there is nothing", ack is not None and ack.result == DENIED, ack and ack.result)
for name, params in [("no number", (1, NAN, 0)), ("a mode beyond all", (1, 1e9, 0)), ("no custom mode", (0, 4, 3)),
                     ("half a mode", (1, 4.5, 0)), ("a place in no menu", (1, 4, 99))]:
    steps.check(f"a mode of {name} is refused", (got := station.result(176, *params)) == DENIED, got)
station.mav.set_mode_send(1, 1, 3 << 24 | 4 << 16)
steps.check("SET_MODE has no acknowledgement", station.take("COMMAND_ACK", 0.5) is None)

# The camera.
for _ in range(2):
    before = station.request(262, to=CAMERA)[1].image_count
steps.check("the count of stills stays by itself", before == station.request(262, to=CAMERA)[1].image_count, before)
first = station.result(2000, 0, 0, 1, 41, to=CAMERA)
again = station.result(2000, 0, 0, 1, 41, to=CAMERA, confirmation=1)
station.still(3.0 / speed + 0.5)
after = station.request(262, to=CAMERA)[1].image_count
steps.check("one photo asked for twice has two answers and is one", (first, again, after - before) == (0, 0, 1),
            (first, again, after - before))
told = station.request(263, after - 1, to=CAMERA)[1]
steps.check("it is told of to who asks", told is not None and told.capture_result == 1 and told.image_index == after - 1)
steps.check("a still that is none is not", station.request(263, 9_999, to=CAMERA)[0] != ACCEPTED)
for name, number, params, result in [
    ("a still that is no number", 2000, (0, 0, 1, -1), DENIED), ("a series too fast", 2000, (0, 0.001, 3), DENIED),
    ("a series of half a still", 2000, (0, 1, 0.5), DENIED), ("a series of no number", 2000, (0, NAN, NAN), DENIED),
    ("a mode that is none", 530, (0, 77), DENIED), ("films", 530, (0, 1), ACCEPTED), ("stills", 530, (0, 0), ACCEPTED),
    ("to follow outside the picture", 2004, (1.5, 0.5), DENIED), ("to follow no place", 2004, (NAN, NAN), DENIED),
    ("to follow the middle", 2004, (0.5, 0.5, 0.1), ACCEPTED), ("to follow no more", 2010, (), ACCEPTED),
    ("to follow a frame inside out", 2005, (0.9, 0.9, 0.1, 0.1), DENIED),
    ("to follow a frame", 2005, (0.1, 0.1, 0.4, 0.4), ACCEPTED), ("to follow nothing", 2010, (), ACCEPTED),
    ("an empty card", 526, (1, 1), DENIED), ("a series of two", 2000, (0, 1.0, 2), ACCEPTED),
]:
    got = station.result(number, *params, to=CAMERA)
    steps.check(f"the camera is asked for {name}", got == result, got)
station.still(6.0 / speed + 0.5)
series = station.request(262, to=CAMERA)[1].image_count - after
steps.check("a series has as many stills as were asked for", series == 2, series)
station.result(530, 0, 1, to=CAMERA)
steps.check("the mode shows in the settings", station.request(260, to=CAMERA)[1].mode_id == 1)
station.result(530, 0, 0, to=CAMERA)

# The mount: whoever does not hold it moves it nowhere.
steps.check("who does not hold the mount cannot turn it", (got := station.result(1000, 0, 0, NAN, NAN, 0, 0, 0)) == DENIED, got)
steps.check("the mount is taken", (got := station.result(1001, -2, -2, -1, -1, 0, 0, 0)) == ACCEPTED, got)
held = station.request(281)[1]
steps.check("and shows by whom", (held.primary_control_sysid, held.primary_control_compid) == (251, 190))
steps.check("another station cannot turn it", (got := Station.result(station, 1000, INF, 0, NAN, NAN, 0)) == DENIED, got)
steps.check("and given back", (got := station.result(1001, -3, -3, -1, -1, 0, 0, 0)) == ACCEPTED, got)
steps.check("a holder who is none is refused", (got := station.result(1001, 300, 1, -1, -1, 0, 0, 0)) == DENIED, got)

# Texts, and what has no answer at all: sticks, setpoints and messages of others.
station.mav.statustext_send(3, b"a station's own words", 0, 0)
station.mav.manual_control_send(1, 32767, -32768, 500, 0, 0xFFFF)
station.mav.set_position_target_local_ned_send(0, 1, 1, 1, 0, *[NAN] * 11)
station.mav.autopilot_version_send(0, 0, 0, 0, 0, bytes(8), bytes(8), bytes(8), 0, 0, 0)
for mask, q, thrust in [(7, [NAN] * 4, 0.5), (7, [0, 1, 0, 0], 0.5), (7, [1, 0, 0, 0], INF), (128, [1, 0, 0, 0], 0.5)]:
    station.mav.set_attitude_target_send(0, 1, 1, mask, q, 0, 0, 0, thrust)
steps.check("no attitude leads it anywhere", (got := station.result(176, 1, 6)) == BUSY, got)
steps.check("what has no answer leaves it answering", station.result(511, ATTITUDE, 0) == ACCEPTED)
steps.check("a command that is the pilot's is told from one that is not", (got := station.result(224, NAN)) == DENIED, got)
beat = station.receive(3, is_beat)
steps.check("none of it armed", beat is not None and not is_armed(beat))
steps.end()
