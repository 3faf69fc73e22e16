"""MAVProxy, driven by its own command line, without a screen: connect, parameters, way-points, arm, take off, hold, land,
and the log that is there for whom it is granted.

Use: mavproxy_headless.py MASTER SPEED PERSONALITY, which is px4 or ardupilot: MAVProxy sets the modes of ArduPilot alone by
name.

Never: needs a network beyond this machine.
"""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time

from steps import Steps

master, speed = sys.argv[1], float(sys.argv[2])
is_ardupilot = sys.argv[3] == "ardupilot"
steps = Steps()
program = os.path.join(os.path.dirname(sys.executable), "mavproxy.py")
folder = tempfile.mkdtemp()
proxy = subprocess.Popen(
    [sys.executable, program, f"--master={master}", "--mav20", "--default-modules=",
     "--load-module=cmdlong,arm,mode,link,param,wp,log,misc", f"--state-basedir={folder}", "--force-connected"],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1, cwd=folder,
)
said = []


def listen():
    for line in proxy.stdout:
        said.append(line)


threading.Thread(target=listen, daemon=True).start()


def type_in(line):
    said.append(f"> {line}\n")
    proxy.stdin.write(line + "\n")
    proxy.stdin.flush()


def seen(pattern, since=0):
    return re.search(pattern, "".join(said[since:])) is not None


def sim(seconds):
    return 10.0 + 2.0 * seconds / speed


def does(name, line, pattern, seconds):
    since = len(said)
    type_in(line)
    steps.wait(name, lambda: seen(pattern, since), sim(seconds))


def plan():
    """A file of way-points as MAVProxy reads them: number, current, frame, command, four parameters, place, goes on."""
    path = os.path.join(folder, "plan.txt")
    with open(path, "w") as file:
        file.write("QGC WPL 110\n")
        for number in range(3):
            place = f"{47.3977 + number * 1e-4:.4f}\t8.5456\t8.0"
            file.write(f"{number}\t{int(number == 0)}\t3\t16\t0\t0\t0\t0\t{place}\t1\n")
    return path


try:
    steps.wait("it finds the vehicle", lambda: seen(r"Detected vehicle 1:1|online system 1"), sim(20))
    if is_ardupilot:
        does("it is guided", "mode GUIDED", r"Mode GUIDED|GUIDED>", 10)
        type_in("param set RTL_RETURN_ALT 12")
        time.sleep(1.0)
        does("a parameter is set", "param show RTL_RETURN_ALT", r"RTL_RETURN_ALT +12\.0", 20)
    does("its parameters come whole", "param fetch", r"Received 1\d\d parameters", 60)
    does("a plan is taken", f"wp load {plan()}", r"Sent all 3 waypoints[\s\S]*TYPE_MISSION: ACCEPTED", 20)
    # In MAVLink's frames a degree is 1e7 parts, and MAVProxy cuts off where it should round.
    listed = r"47\.397(8|7999)\d* 8\.5456\d* 8\.0[\s\S]*47\.3979\d* 8\.5456\d* 8\.0[\s\S]*Saved 3 waypoints"
    does("and given back", "wp list", listed, 20)
    type_in("param set RAD_LOGS 1")
    does("it arms", "arm throttle", r"ARMED|COMPONENT_ARM_DISARM: ACCEPTED", 5)
    takes_off = "takeoff 5" if is_ardupilot else "long NAV_TAKEOFF 0 0 0 0 0 0 5"
    does("it takes off", takes_off, r"TAKEOFF: ACCEPTED", 5)
    time.sleep(8.0 / speed)
    if is_ardupilot:
        does("it holds", "mode LOITER", r"Mode LOITER|LOITER>", 10)
        does("it is guided again", "mode GUIDED", r"Mode GUIDED|GUIDED>", 10)
        does("it returns", "mode RTL", r"Mode RTL|RTL>", 10)
    else:
        does("it holds", "long DO_SET_MODE 1 4 3", r"DO_SET_MODE: ACCEPTED", 5)
        does("it returns", "long DO_SET_MODE 1 4 5", r"DO_SET_MODE: ACCEPTED", 5)
    steps.wait("it lands and disarms", lambda: seen(r"DISARMED"), sim(120))
    does("no log is there without consent", "log list", r"No logs", 10)
    does("consent is given", "long 31010 3 1 0 0 2 0 0", r"USER_1: ACCEPTED", 5)
    does("its log is listed", "log list", r"numLogs 1 .* size \d{4,}", 10)
    does("consent is withdrawn", "long 31011 3 1 0 0 0 0 0", r"USER_2: ACCEPTED", 5)
    does("and no log is there again", "log list", r"No logs", 10)
finally:
    proxy.terminate()
    if steps.failed or os.environ.get("SHOWS"):
        print("".join(said))
steps.end()
