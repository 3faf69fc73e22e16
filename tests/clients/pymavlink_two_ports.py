"""Two stations of two kinds fly one vehicle at the same time: PX4's numbers by its radio, ArduPilot's by its second port.

Use: pymavlink_two_ports.py RADIO SPEED PERSONALITY SECOND

Never: hears on one port what was asked on the other; needs a network beyond this machine.
"""

import struct
import sys
import time

from station import ACCEPTED, Station, is_armed, is_beat
from steps import Steps

PX4, ARDUPILOT = 12, 3
AUTOPILOT_VERSION, DO_SET_MODE, ARM, TAKE_OFF = 148, 176, 400, 22

radio, speed, second = sys.argv[1], float(sys.argv[2]), sys.argv[4]
steps = Steps()
pilot = Station(radio)
steps.need("a heartbeat comes by the radio", lambda: pilot.receive(20, is_beat).to_dict())
other = Station(second, system=252)
steps.need("and by the second port", lambda: other.receive(20, is_beat).to_dict())


def both(seconds):
    """All that comes on either port in so many seconds."""
    end, found = time.monotonic() + seconds, ([], [])
    while time.monotonic() < end:
        for station, said in zip((pilot, other), found):
            station.receive(0.01, lambda m, said=said: said.append(m))
    return found


def autopilots(said):
    return {m.autopilot for m in said if is_beat(m)}


def modes(said):
    return {m.custom_mode for m in said if is_beat(m)}


def shows(name, px4, ardupilot, seconds):
    """Waits until each port shows the mode in its own number."""
    seen = (set(), set())

    def is_shown():
        for so_far, said in zip(seen, both(0.2)):
            so_far |= modes(said)
        return px4 in seen[0] and ardupilot in seen[1]

    steps.wait(name, is_shown, seconds)
    steps.check(f"{name}, in no number of the other's", not seen[0] & {3, 4, 5, 6, 9} and not any(n > 99 for n in seen[1]))


said = both(3.0 / speed + 1.0)
steps.check("by the radio it is PX4 alone", autopilots(said[0]) == {PX4}, autopilots(said[0]))
steps.check("by the second port ArduPilot alone", autopilots(said[1]) == {ARDUPILOT}, autopilots(said[1]))
steps.check("either port counts its own frames", pilot.link.mav_loss == 0 and other.link.mav_loss == 0,
            (pilot.link.mav_loss, other.link.mav_loss))

for station, encoding, name in ((pilot, 16, "byte by byte"), (other, 131072, "as numbers")):
    version = station.request(AUTOPILOT_VERSION)[1]
    steps.check(f"values lie {name}", version.capabilities & (16 | 131072) == encoding, hex(version.capabilities))
    station.mav.param_request_read_send(1, 1, b"SYS_AUTOSTART", -1)
    value = station.take("PARAM_VALUE", param_id="SYS_AUTOSTART").param_value
    told = struct.unpack("<i", struct.pack("<f", value))[0] if station is pilot else value
    steps.check(f"and are told {name}", told == 4001, told)

pilot.still()
other.mav.command_long_send(1, 1, 512, 0, float(AUTOPILOT_VERSION), 0, 0, 0, 0, 0, 0)
said = both(0.5)
kinds = [[m.get_type() for m in each] for each in said]
steps.check("who asks by the second port is answered there", "AUTOPILOT_VERSION" in kinds[1])
steps.check("and nobody is by the radio", not {"AUTOPILOT_VERSION", "COMMAND_ACK"} & set(kinds[0]))

other.mav.log_request_list_send(1, 1, 0, 0xFFFF)
steps.check("no log is listed there to who is not the pilot", other.take("LOG_ENTRY", 0.5) is None)

steps.wait("its home is known", lambda: pilot.request(242)[1] is not None, 20)
steps.check("it is guided by ArduPilot's number", other.result(DO_SET_MODE, 1, 4) == ACCEPTED)
steps.wait("it arms by the radio", lambda: pilot.result(ARM, 1) == ACCEPTED, 20)
steps.check("both see that it is armed", all(any(is_beat(m) and is_armed(m) for m in each) for each in both(1.5)))
steps.check("it takes off by the second port", other.result(TAKE_OFF, 0, 0, 0, 0, 0, 0, 6) == ACCEPTED)
time.sleep(8.0 / speed)
steps.check("it holds by PX4's number", pilot.result(DO_SET_MODE, 1, 4, 3) == ACCEPTED)
shows("both see it hold", 0x0304_0000, 5, 10)
steps.check("it returns by ArduPilot's number", other.result(DO_SET_MODE, 1, 6) == ACCEPTED)
shows("both see it return", 0x0504_0000, 6, 10)
steps.wait("it lands and disarms", lambda: any(is_beat(m) and not is_armed(m) for m in both(0.3)[1]), 120)
steps.end()
