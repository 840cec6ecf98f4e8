"""A mail server of this machine that can be made to wait at a chosen point of a conversation."""

import select
import socketserver
import threading
from contextlib import suppress
from email import message_from_bytes


class Sink(socketserver.ThreadingTCPServer):
    """Keeps what it accepts. The mail to an address that is named like a point waits there until its event is set.

    "recipient": before the recipient is accepted; "text": in the middle of the text; "answer" and "done": once the
    mail is kept, before saying so.
    """

    daemon_threads = True
    POINTS = ("recipient", "text", "answer", "done")

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.kept: list[tuple[str, str]] = []
        self.holds = {point: threading.Event() for point in self.POINTS}
        self.reached = {point: threading.Event() for point in self.POINTS}

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return super().__enter__()

    def __exit__(self, *_):
        for hold in self.holds.values():
            hold.set()
        self.shutdown()
        super().__exit__(*_)

    def identifiers(self, address: str) -> list[str]:
        """Return the Message-ID of each mail kept for an address, oldest first."""
        return [identifier for to, identifier in self.kept if to == address]

    def wait(self, point: str, address: str) -> None:
        """Hold the conversation about `address` when that is where it is held."""
        if address.partition("@")[0] == point:
            self.reached[point].set()
            self.holds[point].wait(30)


class Conversation(socketserver.StreamRequestHandler):
    """One connection of a mail client."""

    def handle(self):
        with suppress(OSError):  # the client was killed: what was not accepted is not kept
            self._talk()

    def _talk(self):
        address = ""
        self._say("220 sink")
        while line := self.rfile.readline():
            verb = line.split(b":")[0].split()[0].upper()
            if verb == b"RCPT":
                address = line.decode().partition("<")[2].partition(">")[0]
                self.server.wait("recipient", address)
            if verb == b"DATA":
                self._say("354 go on")
                if not self._keep(address):
                    return
            self._say("221 bye" if verb == b"QUIT" else "250 sink")

    def _keep(self, address: str) -> bool:
        text = self.rfile.readline()
        self.server.wait("text", address)
        if self._is_cut():
            return False
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            text += line
        self.server.kept.append((address, message_from_bytes(text)["Message-ID"]))
        self.server.wait("answer", address)
        self.server.wait("done", address)
        return True

    def _is_cut(self) -> bool:
        """Tell whether the client is gone: what it had sent of an unfinished mail counts for nothing."""
        ends = select.poll()
        ends.register(self.connection, select.POLLRDHUP)
        return bool(ends.poll(0))

    def _say(self, words: str):
        self.wfile.write(f"{words}\r\n".encode())
