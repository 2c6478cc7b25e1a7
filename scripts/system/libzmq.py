"""Runs rows of the conformance script over libzmq itself, as pyzmq shows it.

Reads a JSON list of rows on standard input (times in milliseconds, -1 for no limit) and writes, for
each row, what was found at each of its `expect` steps. Every operation is a blocking call with
libzmq's own time-out, made by the one thread that owns the socket; a result that is expected is
waited for up to a deadline that only a defect reaches. What still blocks at the end ends with the
process.
"""

import json
import os
import queue
import sys
import threading
import time

import zmq

DEADLINE_S = 10.0
SLOWER = 4

CONTEXT = zmq.Context()


ERRORS = {zmq.EFSM: "EFSM", zmq.EAGAIN: "EAGAIN", zmq.ENOTSOCK: "EBADF"}


class Call:
    def __init__(self):
        self.result = "pending"
        self.over = threading.Event()

    def end(self, result):
        self.result = result
        self.over.set()


class Owner(threading.Thread):
    """The thread that owns the REQ socket: takes one operation after the other."""

    def __init__(self, options, address):
        super().__init__(daemon=True)
        self.tasks = queue.Queue()
        self.socket = CONTEXT.socket(zmq.REQ)
        self.socket.set(zmq.SNDTIMEO, options["sendTimeoutMs"])
        self.socket.set(zmq.RCVTIMEO, options["receiveTimeoutMs"])
        self.socket.set(zmq.LINGER, 0)
        self.socket.set(zmq.IMMEDIATE, int(options["immediate"]))
        self.socket.set(zmq.REQ_RELAXED, int(options["relaxed"]))
        self.socket.set(zmq.REQ_CORRELATE, int(options["correlate"]))
        self.socket.connect(address)
        self.start()

    def run(self):
        while True:
            work, call = self.tasks.get()
            try:
                call.end(work(self.socket))
            except zmq.ZMQError as error:
                call.end(ERRORS.get(error.errno, "errno %d" % error.errno))

    def do(self, work):
        call = Call()
        self.tasks.put((work, call))
        return call


def send(request):
    def work(socket):
        socket.send(b"%d" % request)
        return "sent"

    return work


def receive(socket):
    return "reply %s" % socket.recv().decode()


def close(socket):
    socket.close()
    return "closed"


def free_address():
    probe = CONTEXT.socket(zmq.REP)
    port = probe.bind_to_random_port("tcp://127.0.0.1")
    address = "tcp://127.0.0.1:%d" % port
    probe.unbind(address)
    probe.close(0)
    return address


class Row:
    def __init__(self, row):
        self.row = row
        self.calls = {}
        self.found = []
        self.rep = CONTEXT.socket(zmq.REP)
        self.rep.set(zmq.RCVTIMEO, int(DEADLINE_S * 1000))
        if row["peer"] == "up":
            port = self.rep.bind_to_random_port("tcp://127.0.0.1")
            address = "tcp://127.0.0.1:%d" % port
        else:
            address = free_address()
        self.owner = Owner(row["options"], address)

    def run(self):
        for step in self.row["steps"]:
            getattr(self, step["do"].replace("-", "_"))(step)
        self.rep.close(0)
        return self.found

    def send(self, step):
        self.start(step, send(step["request"]))

    def receive(self, step):
        self.start(step, receive)

    def start(self, step, work):
        call = self.owner.do(work)
        self.calls[step["as"]] = call
        # Later steps may rely on what can be done at once having been done.
        call.over.wait(0.02)

    def close(self, _step):
        self.owner.do(close).over.wait(DEADLINE_S)

    def answer(self, _step):
        self.rep.send(self.rep.recv())
        if all(call.over.is_set() for call in self.calls.values()):
            # Nobody receives it yet: waits until it has arrived.
            self.owner.do(lambda socket: socket.poll(DEADLINE_S * 1000)).over.wait(DEADLINE_S)

    def expect(self, step):
        call = self.calls[step["of"]]
        if step["result"] != "pending":
            call.over.wait(DEADLINE_S)
        self.found.append(call.result)

    def __getattr__(self, name):
        if name == "pass":
            return lambda step: time.sleep(step["ms"] * SLOWER / 1000)
        raise AttributeError(name)


def main():
    rows = json.load(sys.stdin)
    found = [Row(row).run() for row in rows]
    json.dump({"version": zmq.zmq_version(), "found": found}, sys.stdout)
    sys.stdout.flush()
    os._exit(0)


main()
