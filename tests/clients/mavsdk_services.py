"""MAVSDK asks everything that is no flying by hand: rates, version, parameters, mission, fence, camera, logs, files.

Use: mavsdk_services.py URL SPEED    with a connection URL of MAVSDK's and the speed of the simulation

Never: needs a network beyond this machine.
"""

import json
import math
import os
import sys
import tempfile
import threading
import time

from mavsdk import ComponentType, Configuration, Mavsdk
from mavsdk.plugins.action import Action
from mavsdk.plugins.camera import Camera, Mode
from mavsdk.plugins.component_metadata import ComponentMetadata, ComponentMetadataError, MetadataType
from mavsdk.plugins.ftp import Ftp, FtpError, FtpResult
from mavsdk.plugins.geofence import FenceType, Geofence, GeofenceData, Point, Polygon
from mavsdk.plugins.info import Info
from mavsdk.plugins.log_files import LogFiles, LogFilesError, LogFilesResult
from mavsdk.plugins.mavlink_direct import MavlinkDirect, MavlinkMessage
from mavsdk.plugins.mission import Mission, MissionItem, MissionPlan
from mavsdk.plugins.param import Param, ParamError
from mavsdk.plugins.telemetry import LandedState, Telemetry, TelemetryError

from steps import Steps

url, speed = sys.argv[1], float(sys.argv[2])
steps = Steps()


def sim(seconds):
    """So many simulated seconds, with room for a slow machine."""
    return 10.0 + 2.0 * seconds / speed


def refused(name, does, error):
    """Does what must be refused, and refused at once."""
    began = time.monotonic()
    try:
        result = does()
        steps.check(name, False, result)
    except error as reason:
        steps.check(name, time.monotonic() - began < 1.5, f"{reason.result.name}, {time.monotonic() - began:.2f} s")


mavsdk = Mavsdk(Configuration.create_with_component_type(ComponentType.GROUND_STATION))
mavsdk.add_any_connection(url)
system = steps.need("an autopilot is found", lambda: mavsdk.first_autopilot(20.0))
telemetry, action, info = Telemetry(system), Action(system), Info(system)
steps.wait("its position is known", lambda: not math.isnan(telemetry.position().latitude_deg), sim(20))
steps.wait("all is well", telemetry.health_all_ok, sim(20))
steps.wait("it may arm", lambda: telemetry.health().is_armable, sim(20))
steps.need("its version", info.get_version)
steps.need("its product", info.get_product)

# Streams: how many come in five seconds on the wall, for what is asked by default.
counts = {}


def counted(name, subscribe):
    counts[name] = 0

    def more(*_):
        counts[name] += 1

    subscribe(more)


for name, subscribe in [
    ("position", telemetry.subscribe_position), ("attitude_euler", telemetry.subscribe_attitude_euler),
    ("gps_info", telemetry.subscribe_gps_info), ("battery", telemetry.subscribe_battery),
    ("in_air", telemetry.subscribe_in_air), ("landed_state", telemetry.subscribe_landed_state),
    ("velocity_ned", telemetry.subscribe_velocity_ned), ("health", telemetry.subscribe_health),
    ("altitude", telemetry.subscribe_altitude), ("heading", telemetry.subscribe_heading),
    ("attitude_quaternion", telemetry.subscribe_attitude_quaternion), ("home", telemetry.subscribe_home),
    ("position_velocity_ned", telemetry.subscribe_position_velocity_ned), ("imu", telemetry.subscribe_imu),
    ("unix_epoch_time", telemetry.subscribe_unix_epoch_time),
]:
    counted(name, subscribe)
time.sleep(5.0)
for name, count in counts.items():
    steps.check(f"{name} comes", 0.2 * speed * 5.0 <= max(count, 1) * 2 and 0 < count < 60 * speed * 5.0,
                f"{count / 5.0 / speed:.1f} a simulated second")
before = counts["position"]
steps.need("position at 20 Hz", lambda: telemetry.set_rate_position(20.0))
time.sleep(2.0)
rate_hz = (counts["position"] - before) / 2.0 / speed
steps.check("it comes so often", 10.0 < rate_hz < 25.0, f"{rate_hz:.1f} a simulated second")

# What it does not stream by itself.
for name, subscribe, set_rate, latest in [
    ("scaled_imu", telemetry.subscribe_scaled_imu, telemetry.set_rate_scaled_imu, telemetry.scaled_imu),
    ("distance_sensor", telemetry.subscribe_distance_sensor, telemetry.set_rate_distance_sensor, telemetry.distance_sensor),
    ("actuator_output_status", telemetry.subscribe_actuator_output_status, telemetry.set_rate_actuator_output_status,
     telemetry.actuator_output_status),
]:
    counted(name, subscribe)
    steps.need(f"{name} at 5 Hz", lambda: set_rate(5.0))
    steps.wait("it comes", lambda: counts[name] > 3, sim(3))
    print(latest(), flush=True)
refused("a raw IMU, which no reading leaves as", lambda: telemetry.set_rate_raw_imu(5.0), TelemetryError)
steps.check("the ground is right below", -0.1 <= telemetry.distance_sensor().current_distance_m < 1.0)
steps.check("it has four rotors", telemetry.actuator_output_status().active == 4)

param = Param(system)
began = time.monotonic()
params = steps.need("all parameters", param.get_all_params)
count = len(params.int_params) + len(params.float_params)
steps.check("there are a hundred or more", count >= 100, f"{count} in {time.monotonic() - began:.2f} s")
steps.need("take-off height is read", action.get_takeoff_altitude)
steps.need("and set", lambda: action.set_takeoff_altitude(6.0))
steps.check("to what was asked", abs(action.get_takeoff_altitude() - 6.0) < 0.01)
metadata = ComponentMetadata(system)
metadata.request_autopilot_component()


def described():
    try:
        return json.loads(metadata.get_metadata(1, MetadataType.PARAMETER).json_metadata)["parameters"]
    except ComponentMetadataError:
        return []


steps.wait("the parameters are described", lambda: len(described()) == count, sim(20))
refused("a parameter that is none is refused at once", lambda: param.get_param_int("NO_SUCH_THING"), ParamError)

start = telemetry.position()


def place(north_m, east_m):
    return (start.latitude_deg + north_m / 111_319.5,
            start.longitude_deg + east_m / 111_319.5 / math.cos(math.radians(start.latitude_deg)))


items = []
for north_m, east_m in [(10.0, 0.0), (10.0, 8.0), (0.0, 8.0)]:
    latitude_deg, longitude_deg = place(north_m, east_m)
    items.append(MissionItem(latitude_deg, longitude_deg, 8.0, 5.0, True))
mission = Mission(system)
mission.set_return_to_launch_after_mission(True)
steps.need("a mission goes up", lambda: mission.upload_mission(MissionPlan(items)))
down = steps.need("and comes down", mission.download_mission)
steps.check("with what was in it", len(down.mission_items) == len(items) and all(
    abs(a.latitude_deg - b.latitude_deg) < 1e-6 and abs(a.relative_altitude_m - b.relative_altitude_m) < 1e-3
    for a, b in zip(down.mission_items, items)))

fence = Geofence(system)
corners = [Point(*place(*corner)) for corner in [(-80.0, -80.0), (-80.0, 80.0), (80.0, 80.0), (80.0, -80.0)]]
steps.need("a fence goes up", lambda: fence.upload_geofence(GeofenceData([Polygon(corners, FenceType.INCLUSION)], [])))
steps.need("and comes down", fence.download_geofence)
steps.need("and is cleared", fence.clear_geofence)

camera = Camera(system)
steps.wait("there is a camera", lambda: len(camera.camera_list().cameras) > 0, sim(10))
seen = camera.camera_list().cameras[0]
steps.check("it has a name", bool(seen.vendor_name and seen.model_name), f"{seen.vendor_name} {seen.model_name}")
captured = []
camera.subscribe_capture_info(lambda capture, _=None: captured.append(capture))
steps.need("photo mode", lambda: camera.set_mode(seen.component_id, Mode.PHOTO))

steps.need("arm", action.arm)
steps.need("the mission starts", mission.start_mission)
steps.wait("it flies", lambda: telemetry.landed_state() == LandedState.IN_AIR, sim(30))
steps.need("a photo", lambda: camera.take_photo(seen.component_id))
steps.wait("is told of", lambda: len(captured) >= 1, sim(5))
steps.need("video mode", lambda: camera.set_mode(seen.component_id, Mode.VIDEO))
steps.need("a film begins", lambda: camera.start_video(seen.component_id))
time.sleep(2.0 / speed)
steps.need("and ends", lambda: camera.stop_video(seen.component_id))
steps.wait("the mission is complete", mission.is_mission_finished, sim(120))
progress = mission.mission_progress()
steps.check("and says so", progress.current == progress.total, f"{progress.current} of {progress.total}")
steps.wait("it is on the ground", lambda: telemetry.landed_state() == LandedState.ON_GROUND, sim(120))
steps.wait("it is disarmed", lambda: not telemetry.armed(), sim(20))

files = Ftp(system)
listed = steps.need("files are listed", lambda: files.list_directory("/"))
steps.check("there are some", len(listed.entries) > 0, [entry.name for entry in listed.entries])
refused("what lies outside is nobody's", lambda: files.list_directory("../.."), FtpError)

folder = tempfile.mkdtemp()
# The one place that takes files: up, the same, down again, and away.
note = f"{folder}/note.txt"
with open(note, "wb") as file:
    file.write(bytes(range(256)) * 10)


def carried(name, carry):
    """Whether a file goes up or comes down whole."""
    ends, over = [], threading.Event()

    def told(result, *_):
        if result != FtpResult.NEXT:
            ends.append(result)
            over.set()

    carry(told)
    steps.wait(name, over.is_set, sim(20))
    steps.check("well", ends == [FtpResult.SUCCESS], ends)


carried("a file goes up", lambda told: files.upload_async(note, "/INCOMING", told))
steps.check("and is the same there", files.are_files_identical(note, "/INCOMING/note.txt"))
os.mkdir(f"{folder}/back")
carried("it comes down", lambda told: files.download_async("/INCOMING/note.txt", f"{folder}/back", True, told))
steps.check("to the bit", open(f"{folder}/back/note.txt", "rb").read() == open(note, "rb").read())
steps.need("and is removed", lambda: files.remove_file("/INCOMING/note.txt"))
ended = []
files.upload_async(note, "/LOG", lambda result, *_: ended.append(result))
steps.wait("nothing goes up anywhere else", lambda: ended and ended[-1] not in (FtpResult.NEXT, FtpResult.SUCCESS), sim(10))

logs = LogFiles(system)
refused("no log is there without consent", logs.get_entries, LogFilesError)

# Consent to log 1 for the pilot: MAV_CMD_USER_1, as the README has it; and its switch.
steps.need("logs may go to the pilot", lambda: param.set_param_int("RAD_LOGS", 1))
grant = {"target_system": 1, "target_component": 1, "command": 31010, "confirmation": 0,
         "param1": 3, "param2": 1, "param3": 0, "param4": 0, "param5": 1, "param6": 0, "param7": 0}
direct = MavlinkDirect(system)
steps.need("consent is given", lambda: direct.send_message(
    MavlinkMessage("COMMAND_LONG", 245, 190, 1, 1, json.dumps(grant))))
time.sleep(1.0)
entries = steps.need("now a log is there", logs.get_entries)
done, results = threading.Event(), []


def told(result, *_):
    results.append(result)
    if result != LogFilesResult.NEXT:
        done.set()


began = time.monotonic()
logs.download_log_file_async(entries[0], f"{folder}/log", told)
steps.wait("it comes down", done.is_set, sim(120))
size = os.path.getsize(f"{folder}/log") if os.path.exists(f"{folder}/log") else 0
steps.check("whole", results[-1] == LogFilesResult.SUCCESS and size == entries[0].size_bytes,
            f"{results[-1].name}, {size} of {entries[0].size_bytes} bytes in {time.monotonic() - began:.2f} s")
mavsdk.destroy()
steps.end()
