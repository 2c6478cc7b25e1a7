"""Reads snippets as Python reads them, and runs each in its scene.

Takes `{name: {side: code}}` as JSON on standard input and answers, for each, what the parser, the
tokeniser and the scene found. A snippet that cannot be parsed or run is told, not left out.
"""

import ast
import asyncio
import builtins
import collections
import dataclasses
import decimal
import io
import json
import logging
import statistics
import sys
import tokenize
import types

import zmq
import zmq.asyncio

import lock_scenes
import money_scenes
import race_scenes
import socket_scenes
from virtual_loop import run

SCENES = {
    **lock_scenes.SCENES,
    **socket_scenes.SCENES,
    **money_scenes.SCENES,
    **race_scenes.SCENES,
}


class OutcomeUnknown(Exception):
    """Stands for the engine's own."""


async def decide(signal):
    """Stands for the engine's own 10 to 20 ms."""
    await asyncio.sleep(0.015)
    return {"signal": signal}


# What a snippet may take for granted: imports, and the engine around it.
GIVEN = {
    "asyncio": asyncio,
    "zmq": zmq,
    "statistics": statistics,
    "Decimal": decimal.Decimal,
    "dataclass": dataclasses.dataclass,
    "defaultdict": collections.defaultdict,
    "deque": collections.deque,
    "log": logging.getLogger("snippet"),
    "OutcomeUnknown": OutcomeUnknown,
    "decide": decide,
}


def unknown_names(tree):
    """Names that a snippet uses and neither makes nor is given."""
    used, made = set(), set(GIVEN) | set(dir(builtins))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else made).add(node.id)
        elif isinstance(node, ast.arg):
            made.add(node.arg)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            made.add(node.name)
    return sorted(used - made)


def spans(code):
    """Strings and comments: line, first column, column after the last, and which."""
    kinds = {tokenize.STRING: "string", tokenize.COMMENT: "comment"}
    found = []
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type in kinds:
            assert token.start[0] == token.end[0], "expected strings of one line"
            found.append([token.start[0], token.start[1], token.end[1], kinds[token.type]])
    return found


def play(scene, code):
    """Runs the code's scene, or each of its schedules, on a clock of its own."""

    def fresh():
        module = types.ModuleType("snippet")
        # A dataclass looks its module up.
        sys.modules["snippet"] = module
        module.__dict__.update(GIVEN)
        exec(compile(code, "snippet", "exec"), module.__dict__)
        return module

    if isinstance(scene, dict):
        return {schedule: run(each(fresh())) for schedule, each in scene.items()}
    return run(scene(fresh()))


def judge(name, code):
    tree = ast.parse(code)
    return {
        "unknown": unknown_names(tree),
        "spans": spans(code),
        "found": play(SCENES[name], code) if name in SCENES else None,
    }


def main():
    logging.disable(logging.CRITICAL)
    given = json.load(sys.stdin)
    answers = {
        name: {side: judge(name, code) for side, code in sides.items()}
        for name, sides in given.items()
    }
    json.dump({"scenes": sorted(SCENES), "answers": answers}, sys.stdout)


main()
