"""MAVLink's file protocol as a station of raw messages speaks it: a question, and the answer to it.

Never: opens what it was not told to; takes an answer to another for its own.
"""

import struct

NOTHING, TERMINATE, RESET, LIST, OPEN, READ, CHECKSUM, BURST = 0, 1, 2, 3, 4, 5, 14, 15


class Files:
    """The file protocol of one station."""

    def __init__(self, by):
        self.by, self.sequence = by, 0

    def say(self, opcode, data=b"", session=0, offset=0, size=None, sequence=None, to=(1, 1)):
        if sequence is None:
            sequence = self.sequence = (self.sequence + 10) % 65_536
        size = len(data) if size is None else size
        head = struct.pack("<HBBBBBBI", sequence, session, opcode, size, 0, 0, 0, offset)
        self.by.mav.file_transfer_protocol_send(0, *to, (head + data).ljust(251, b"\0"))
        return sequence

    def ask(self, opcode, data=b"", seconds=1.5, **how):
        """Asks, and gives back the answer with the next number: whether it is granted, and what is in it."""
        sequence = self.say(opcode, data, **how)
        return self.answer(opcode, (sequence + 1) % 65_536, seconds)

    def answer(self, opcode, sequence=None, seconds=1.5):
        def is_it(message):
            if message.get_type() != "FILE_TRANSFER_PROTOCOL" or message.target_system != self.by.me[0]:
                return False
            number, _, _, _, of, *_ = struct.unpack("<HBBBBBBI", bytes(message.payload[:12]))
            return of == opcode and sequence in (None, number)

        message = self.by.receive(seconds, is_it)
        return message and Answer(bytes(message.payload))

    def refusal(self, opcode, data=b"", **how):
        answer = self.ask(opcode, data, **how)
        return answer and (answer.why if not answer.is_granted and answer.size == 1 else f"{answer}")


class Answer:
    def __init__(self, payload):
        head = struct.unpack("<HBBBBBBI", payload[:12])
        self.sequence, self.session, opcode, self.size, _, self.is_last, _, self.offset = head
        self.is_granted, self.data = opcode == 128, payload[12 : 12 + self.size]
        self.why = payload[12]
