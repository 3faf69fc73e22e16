"""MAVSDK flies: connect, arm, take off, go to, hold, lean, return, land, disarm.

Use: mavsdk_flight.py URL SPEED    with a connection URL of MAVSDK's and the speed of the simulation

Never: needs a network beyond this machine.
"""

import math
import sys
import time

from mavsdk import ComponentType, Configuration, Mavsdk
from mavsdk.plugins.action import Action
from mavsdk.plugins.offboard import Attitude, Offboard, OffboardError
from mavsdk.plugins.telemetry import FlightMode, LandedState, Telemetry

from steps import Steps

url, speed = sys.argv[1], float(sys.argv[2])
steps = Steps()


def sim(seconds):
    """So many simulated seconds, with room for a slow machine."""
    return 5.0 + 2.0 * seconds / speed


mavsdk = Mavsdk(Configuration.create_with_component_type(ComponentType.GROUND_STATION))
mavsdk.add_any_connection(url)


def found():
    system = mavsdk.first_autopilot(20.0)
    if system is None:
        raise TimeoutError("no autopilot")
    return system


system = steps.need("an autopilot is found", found)
action, telemetry = Action(system), Telemetry(system)
steps.wait("it is connected", system.is_connected, 5)
steps.wait("its position is known", lambda: not math.isnan(telemetry.position().latitude_deg), sim(20))
steps.wait("it has a fix", lambda: telemetry.gps_info().num_satellites > 5, sim(20))
steps.check("it holds", telemetry.flight_mode() == FlightMode.HOLD, telemetry.flight_mode())
steps.check("it is disarmed", not telemetry.armed())
start = telemetry.position()
# Its own heartbeats begin only now, and nobody may arm whom the vehicle has not heard for a second.
time.sleep(2.0)


def away_m(place):
    here = telemetry.position()
    north = (here.latitude_deg - place.latitude_deg) * 111_319.5
    east = (here.longitude_deg - place.longitude_deg) * 111_319.5 * math.cos(math.radians(place.latitude_deg))
    return math.hypot(north, east)


def height_m():
    return telemetry.position().absolute_altitude_m - start.absolute_altitude_m


steps.need("arm", action.arm)
steps.wait("it says so", telemetry.armed, sim(2))
steps.need("take off", action.takeoff)
steps.wait("it is in the air", lambda: telemetry.landed_state() in (LandedState.IN_AIR, LandedState.TAKING_OFF), sim(15))
steps.wait("it climbs", lambda: height_m() > 1.5, sim(20))
steps.wait("it holds after the climb", lambda: telemetry.flight_mode() == FlightMode.HOLD, sim(20))

goal = telemetry.position()
goal.latitude_deg += 15.0 / 111_319.5
steps.need(
    "go to a place 15 m north, 6 m higher",
    lambda: action.goto_location(
        goal.latitude_deg, goal.longitude_deg, start.absolute_altitude_m + 8.0, math.nan
    ),
)
steps.wait("it comes there", lambda: away_m(goal) < 1.5 and abs(height_m() - 8.0) < 1.5, sim(40))
steps.need("hold", action.hold)
steps.wait("it holds", lambda: telemetry.flight_mode() == FlightMode.HOLD, sim(3))

# MAVSDK tells a setpoint twenty times a second on the wall, and the vehicle holds half a second after the last one.
SPEED_MAX = 8.0


def lead_by_attitude():
    """By attitude and thrust: half of it carries its weight, and a lean to the south takes it back."""
    offboard = Offboard(system)

    def refused():
        try:
            offboard.start()
        except OffboardError as error:
            return error.result.name
        return "accepted"

    steps.check("nobody leads who has not said where to", (got := refused()) != "accepted", got)
    offboard.set_attitude(Attitude(0.0, 8.0, 0.0, 0.5))
    steps.need("lead by attitude", offboard.start)
    steps.wait("it says so", lambda: telemetry.flight_mode() == FlightMode.OFFBOARD, sim(3))
    steps.wait("it leans", lambda: abs(telemetry.attitude_euler().pitch_deg - 8.0) < 2.5, sim(10))
    steps.wait("and goes there", lambda: telemetry.velocity_ned().north_m_s < -1.0, sim(10))
    steps.check("about as high", abs(height_m() - 8.0) < 4.0, f"{height_m():.1f} m")
    steps.need("lead no more", offboard.stop)
    steps.wait("it holds again", lambda: telemetry.flight_mode() == FlightMode.HOLD, sim(3))


if speed <= SPEED_MAX:
    lead_by_attitude()
else:
    print(f"left out: at more than {SPEED_MAX} x its setpoints are too old when the next one comes", flush=True)
steps.need("return", action.return_to_launch)
steps.wait("it says so", lambda: telemetry.flight_mode() == FlightMode.RETURN_TO_LAUNCH, sim(3))
steps.wait("it is on the ground", lambda: telemetry.landed_state() == LandedState.ON_GROUND, sim(120))
steps.check("where it began", away_m(start) < 2.0, f"{away_m(start):.2f} m away")
steps.wait("it is disarmed", lambda: not telemetry.armed(), sim(15))

steps.need("arm once more", action.arm)
steps.need("take off once more", action.takeoff)
steps.wait("it climbs once more", lambda: height_m() > 1.5, sim(20))
steps.need("land", action.land)
steps.wait("it is on the ground again", lambda: telemetry.landed_state() == LandedState.ON_GROUND, sim(60))
steps.wait("and disarmed", lambda: not telemetry.armed(), sim(15))
mavsdk.destroy()
steps.end()
