"""pymavlink fetches logs and files, with consent and without, by both protocols, and with every trick that it knows.

Use: pymavlink_files.py CONNECTION SPEED

Never: sees a byte that no consent is for; needs a network beyond this machine.
"""

import struct
import sys

from files import BURST, CHECKSUM, LIST, NOTHING, OPEN, READ, RESET, TERMINATE, Files
from station import ACCEPTED, NAN, Station, is_armed, is_beat
from steps import Steps

url, speed = sys.argv[1], float(sys.argv[2])
steps = Steps()
station = Station(url)
FAILED, PROTECTED, NOT_FOUND, END, UNKNOWN, NO_SESSION, SIZE = 1, 9, 10, 6, 7, 4, 3


def sim(seconds):
    """So many simulated seconds, with room for a slow machine."""
    return 10.0 + 2.0 * seconds / speed


def entries():
    """What the log protocol lists."""
    station.mav.log_request_list_send(1, 1, 0, 0xFFFF)
    return [(e.id, e.num_logs, e.size) for e in station.take_all("LOG_ENTRY", 1.0)]


def pieces(number, offset, count, seconds=1.0):
    station.mav.log_request_data_send(1, 1, number, offset, count)
    return station.take_all("LOG_DATA", seconds, id=number)


def joined(found):
    return b"".join(bytes(piece.data[: piece.count]) for piece in found)


# A hop, so that there is a log.
steps.need("a heartbeat comes", lambda: station.receive(20, is_beat).to_dict())
steps.wait("it takes off when it is armed", lambda: station.result(22, -1, 0, 0, NAN, NAN, NAN, NAN) == ACCEPTED, sim(20))
steps.wait("it is armed", lambda: station.result(400, 1) == ACCEPTED, sim(20))
steps.need("it is up", lambda: station.receive(
    sim(20), lambda m: m.get_type() == "GLOBAL_POSITION_INT" and m.relative_alt > 2000).to_dict())
steps.check("it lands", station.result(21, 0, 0, 0, NAN, NAN, NAN, NAN) == ACCEPTED)
steps.need("and is disarmed", lambda: station.receive(sim(60), lambda m: is_beat(m) and not is_armed(m)).to_dict())

# Without consent there is nothing, whatever is asked.
files = Files(station)
steps.check("without consent no log is listed", (got := entries()) == [(0, 0, 0)], got)
steps.check("none is told of", (got := pieces(0, 0, 900)) == [])
steps.check("no file is in its folder", (got := files.refusal(LIST, b"/LOG")) == END, got)
for name in [b"/LOG/LOG_0001.HLG", b"/LOG/LOG_0002.HLG", b"/LOG/NO_SUCH"]:
    steps.check(f"{name.decode()} is not found", (got := files.refusal(OPEN, name)) == NOT_FOUND, got)
steps.check("nor summed", (got := files.refusal(CHECKSUM, b"/LOG/LOG_0001.HLG")) == NOT_FOUND, got)

# Every way out of the root, every trick with a name.
for path in [b"..", b"/..", b"../..", b"/LOG/..", b"/LOG/../..", b"/LOG/../ID", b"@MAV_LOG/../", b"@MAV_LOG", b"/etc/passwd",
             b"//etc/passwd", b"/etc\0/LOG", b"/LOG\0/../..", b"\0\0..", b"C:\\LOG", b"..\\..", b"/LOG/./", b"LOG//", b"\xff" * 20,
             b"/ID/SIGNING.HSG", b"/ID", b"/CONSENT", b"@PARAM/param.pck", b"A" * 239, b"/LOG/" + b"../" * 70]:
    shown = path[:24].decode("latin-1").encode("unicode_escape").decode()
    for opcode, does in [(LIST, "listed"), (OPEN, "opened"), (CHECKSUM, "summed"), (8, "removed")]:
        got = files.refusal(opcode, path)
        steps.check(f"{shown} is not {does}", got == NOT_FOUND, got)
for opcode, name in [(LIST, "to list"), (OPEN, "to open"), (READ, "to read"), (6, "to create"), (7, "to write"),
                     (8, "to remove"), (13, "to rename"), (CHECKSUM, "to sum"), (BURST, "a burst")]:
    got = files.refusal(opcode, b"x" * 239, size=240)
    steps.check(f"a size beyond its message {name} is refused", got == SIZE, got)
for opcode in [16, 17, 77, 127, 130, 255]:
    steps.check(f"opcode {opcode} is unknown", (got := files.refusal(opcode, b"/")) == UNKNOWN, got)
for opcode, data in [(6, b"/NEW"), (9, b"/NEW"), (10, b"/LOG"), (11, b"/LOG/NEW"), (12, b"/LOG/LOG_0001.HLG"), (13, b"/a\0/b\0"),
                     (6, b"/INCOMING/../NEW"), (6, b"/INCOMING"), (9, b"/INCOMING/NEW"), (13, b"/INCOMING/a\0/LOG/b\0")]:
    steps.check(f"opcode {opcode} writes nothing", (got := files.refusal(opcode, data)) == PROTECTED, got)
for offset in [0, 0xFFFF_FF00]:
    steps.check(f"nor at {offset}", (got := files.refusal(7, b"x" * 200, offset=offset)) == NO_SESSION, got)

# The one place that may be written to: a few small files, read back to the bit.
PATH, text = b"/INCOMING/notes.txt", bytes(range(256)) * 3
steps.check("a file is created", (got := files.ask(6, PATH)) is not None and got.is_granted, got)
for offset in range(0, len(text), 239):
    got = files.ask(7, text[offset : offset + 239], offset=offset)
    steps.check(f"it is written from {offset}", got is not None and got.is_granted, got and got.data)
for name, offset, why in [("beyond a gap", len(text) + 1, FAILED), ("beyond its room", 4096, FAILED), ("far behind", 0xFFFF_FF00, FAILED)]:
    steps.check(f"it is not written {name}", (got := files.refusal(7, b"x" * 9, offset=offset)) == why, got)
opened, read = files.ask(OPEN, PATH), b""
while len(read) < len(text) and (part := files.ask(READ, size=239, offset=len(read))) is not None and part.is_granted:
    read += part.data
steps.check("it is read back to the bit", (opened.data, read) == (struct.pack("<I", len(text)), text), len(read))
steps.check("and not written by who reads", (got := files.refusal(7, b"x")) == PROTECTED, got)
steps.check("it is listed", (got := files.ask(LIST, b"/INCOMING")).data == b"Fnotes.txt\t768\0", got.data)
for name in [b"/INCOMING/b", b"/INCOMING/c", b"/INCOMING/d"]:
    steps.check(f"there is room for {name.decode()}", files.ask(6, name).is_granted)
steps.check("and for no fifth", (got := files.refusal(6, b"/INCOMING/e")) == FAILED, got)
steps.check("it is cut", files.ask(12, PATH, offset=5).is_granted and files.ask(OPEN, PATH).data == struct.pack("<I", 5))
for name in [PATH, b"/INCOMING/b", b"/INCOMING/c", b"/INCOMING/d"]:
    steps.check(f"{name.decode()} is removed", files.ask(8, name).is_granted)
steps.check("nothing is left", (got := files.refusal(LIST, b"/INCOMING")) == END, got)
steps.check("a session that is none is not read", (got := files.refusal(READ, size=90, session=7)) == NO_SESSION, got)
steps.check("nor ended", (got := files.refusal(TERMINATE, session=7)) == NO_SESSION, got)
steps.check("nor sent", (got := files.refusal(BURST, size=90, session=7)) == NO_SESSION, got)
steps.check("a question that asks nothing is answered", (got := files.ask(NOTHING)) is not None and got.is_granted)
steps.check("all sessions are ended", (got := files.ask(RESET)) is not None and got.is_granted)
names = []
while (entry := files.ask(LIST, b"/", offset=len(names))) is not None and entry.is_granted:
    names.append(entry.data)
steps.check("the root has its folders and an end",
            (names, entry and entry.why) == ([b"DDCIM\0", b"DLOG\0", b"DMETA\0", b"DINCOMING\0"], END), names)
steps.check("another vehicle's files are not here", files.ask(LIST, b"/", to=(9, 1), seconds=0.5) is None)
answered = station.mav.file_transfer_protocol_encode(0, 1, 1, struct.pack("<HBBBBBBI", 9, 0, 128, 0, 3, 0, 0, 0).ljust(251, b"\0"))
station.say(answered)
steps.check("an answer is not answered", files.answer(128, seconds=0.5) is None)

# With consent to log 1, and its switch.
def switch_logs(on):
    station.mav.param_set_send(1, 1, b"RAD_LOGS", struct.unpack("<f", struct.pack("<i", on))[0], 6)
    return station.take("PARAM_VALUE", param_id="RAD_LOGS") is not None


steps.check("its switch is on", switch_logs(1))
LOG_1 = (3, 1, 0, 0, 1)
steps.check("consent to one that makes no sense is refused", (got := station.result(31010, NAN, NAN, NAN, NAN, NAN)) == 2, got)
steps.check("consent is given", (got := station.result(31010, *LOG_1, seconds=3.0)) == ACCEPTED, got)
got = station.result(31010, *LOG_1, seconds=3.0, confirmation=1)
steps.check("and whose answer is lost has it again", got == ACCEPTED, got)
listed = entries()
size = listed[0][2] if listed else 0
steps.check("the log is listed", [entry[:2] for entry in listed] == [(0, 1)] and size > 0, listed)
entry = files.ask(LIST, b"/LOG")
name = entry.data[1:].split(b"\t")[0]
steps.check("as a file of the same size", entry.data == b"F" + name + b"\t" + str(size).encode() + b"\0", entry.data)
path = b"/LOG/" + name

# The file, opened, opened again under the same number, read and sent in bursts.
for how in ["opened", "opened again"]:
    answer = files.ask(OPEN, path)
    steps.check(f"session 0 is {how}", answer.is_granted and answer.data == struct.pack("<I", size), answer.data)
whole = b""
while (answer := files.ask(READ, size=239, offset=len(whole))) is not None and answer.is_granted and len(whole) < 20_000:
    whole += answer.data
steps.check("it is read piece by piece", len(whole) == min(size, -(-20_000 // 239) * 239), f"{len(whole)} of {size} bytes")
sequence = files.say(READ, size=20, offset=100)
first = files.answer(READ, sequence + 1)
files.say(READ, size=20, offset=100, sequence=sequence)
again = files.answer(READ, sequence + 1)
steps.check("what is asked again is answered again", again is not None and first.data == again.data == whole[100:120])
steps.check("behind the end there is nothing", (got := files.refusal(READ, size=90, offset=size)) == END, got)
steps.check("nor far behind", (got := files.refusal(READ, size=90, offset=0xFFFF_FFFF)) == END, got)
steps.check("nor in a burst", (got := files.refusal(BURST, size=239, offset=size)) == END, got)
begin, burst, is_marked, is_in_order = max(0, size - 200 * 239), b"", False, True
for _ in range(10):
    # A slow reader loses some, and asks again from there.
    last = sequence = files.say(BURST, size=239, offset=begin + len(burst))
    while (answer := files.answer(BURST, seconds=0.5)) is not None and answer.is_granted:
        is_in_order &= answer.sequence > last
        last = answer.sequence
        burst += answer.data if answer.offset == begin + len(burst) else b""
        if answer.is_last:
            break
    files.sequence = last
    if begin + len(burst) == size:
        is_marked = answer is not None and answer.is_last == 1
        break
steps.check("a burst comes whole", len(burst) == size - begin, f"{len(burst)} of {size - begin} bytes")
steps.check("in order, its end marked", is_in_order and is_marked)


def crc32(data):
    """Begins at 0, and is not turned over at the end."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xEDB8_8320 * (crc & 1)
    return crc


steps.check("it is ended", (got := files.ask(TERMINATE)) is not None and got.is_granted)
files.say(TERMINATE, sequence=files.sequence)
again = files.answer(TERMINATE, files.sequence + 1)
steps.check("and, asked again, not twice", again is not None and again.is_granted)
steps.check("but no more", (got := files.refusal(TERMINATE)) == NO_SESSION, got)

# The log, by its own protocol.
found = pieces(0, 0, 900)
steps.check("ten pieces are ten times 90 bytes", [(p.ofs, p.count) for p in found] == [(90 * i, 90) for i in range(10)], len(found))
steps.check("the same as in the file", joined(found) == whole[:900])
steps.check("from any place on", joined(pieces(0, 7, 180)) == whole[7:187])
tail = pieces(0, size - 100, 0xFFFF_FFFF)
steps.check("the end is short", len(joined(tail)) == 100 and tail[-1].count < 90, [p.count for p in tail])
found = pieces(0, size, 90)
steps.check("behind the end is an empty piece", [p.count for p in found] == [0], found)
for number in [1, 7, 65_535]:
    steps.check(f"log {number} is none", pieces(number, 0, 90, 0.5) == [])
station.mav.log_request_data_send(9, 1, 0, 0, 90)
steps.check("another vehicle's is not here", station.take("LOG_DATA", 0.5) is None)
log = b""
for _ in range(10):
    station.mav.log_request_data_send(1, 1, 0, len(log), 0xFFFF_FFFF)
    while len(log) < size and (piece := station.take("LOG_DATA", 1.0, id=0, ofs=len(log))) is not None:
        log += bytes(piece.data[: piece.count])
    if len(log) == size:
        break
steps.check("it comes whole, asked for at once", len(log) == size and log.startswith(whole) and log[begin:] == burst,
            f"{len(log)} of {size} bytes")
sum_ = files.ask(CHECKSUM, path, seconds=sim(10))
steps.check("its sum is right", sum_ is not None and sum_.is_granted and struct.unpack("<I", sum_.data) == (crc32(log),))
station.mav.log_request_data_send(1, 1, 0, 0, 0xFFFF_FFFF)
station.mav.log_request_end_send(1, 1)
steps.check("called off, it stops", (got := len(joined(station.take_all("LOG_DATA")))) < size, f"{got} of {size} bytes")

# Another station has no part in it; and what is withdrawn is gone at once.
other = Station(url, 252)
other.receive(2, is_beat)
theirs = Files(other)
other.mav.log_request_list_send(1, 1, 0, 0xFFFF)
steps.check("another station is listed no log", not [e for e in other.take_all("LOG_ENTRY", 0.7) if e.size])
steps.check("nor opened a file", (got := theirs.ask(OPEN, path, seconds=0.7)) is None or not got.is_granted)
steps.check("nor puts anything aboard", (got := theirs.ask(6, b"/INCOMING/x", seconds=0.7)) is None or not got.is_granted)
steps.check("and gives no consent", (got := other.result(31010, 3, 2, 0, 0, 1)) != ACCEPTED, got)
# What has come for the pilot meanwhile has filled his socket.
station.still(0.2)
answer = files.ask(OPEN, path)
steps.check("while the pilot's is open", answer.is_granted)
steps.check("the switch goes before consent", switch_logs(0) and (got := entries()) == [(0, 0, 0)], got)
steps.check("and gives it back", switch_logs(1) and (got := entries()) == [(0, 1, size)], got)
answer = files.ask(OPEN, path)
steps.check("consent is withdrawn", (got := station.result(31011, 3, 1, 0, seconds=3.0)) == ACCEPTED, got)
steps.check("what was open is gone", (got := files.refusal(READ, size=90)) == NOT_FOUND, got)
steps.check("and listed no more", (got := entries()) == [(0, 0, 0)], got)
steps.end()
