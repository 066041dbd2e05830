"""Starts commands in turn, each once a round in random order, and prints medians.

measure.py ROUNDS DIRECTORY NAME=COMMAND... ; the first command is the yardstick.
"""
import json
import os
import random
import shlex
import statistics
import sys
import time
import uuid

EVENT = {
    "session_id": "7d1c0b52-93c4-4d0e-9a34-6f0f5b1d2e01",
    "transcript_path": "/home/dev/.claude/projects/-home-dev-shop/7d1c0b52.jsonl",
    "cwd": "/home/dev/shop",
    "prompt_id": "b2f5c8ce-4f0e-4f7e-8f0b-2d3a6c9e1001",
    "permission_mode": "default",
    "effort": {"level": "medium"},
    "hook_event_name": "PostToolUse",
    "tool_name": "Bash",
    "tool_input": {"command": "mvn -q test", "description": "Run unit tests"},
    "tool_response": {"stdout": "Tests run: 42, Failures: 0\n" * 20, "stderr": "",
                      "interrupted": False, "isImage": False},
    "duration_ms": 4210,
}


def event():
    EVENT["tool_use_id"] = "toolu_" + uuid.uuid4().hex
    return json.dumps(EVENT, separators=(",", ":")).encode() + b"\n"


def run(directory, command, name):
    words = shlex.split(command)
    read_in, write_in = os.pipe()
    read_out, write_out = os.pipe()
    os.write(write_in, event())
    os.close(write_in)
    variables = {
        "PATH": os.environ["PATH"], "HOME": directory, "HOOKBUS_ENABLED": "1",
        "HOOKBUS_STORE_RAW": "1",
        "HOOKBUS_DB": os.path.join(directory, name.split()[0], "hookbus.db")}
    actions = [
        (os.POSIX_SPAWN_DUP2, read_in, 0), (os.POSIX_SPAWN_DUP2, write_out, 1),
        (os.POSIX_SPAWN_OPEN, 2, os.path.join(directory, "stderr"),
         os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)]
    begin = time.perf_counter()
    child = os.posix_spawn(words[0], words, variables, file_actions=actions)
    os.close(read_in)
    os.close(write_out)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    answer = os.read(read_out, 1 << 16)
    os.close(read_out)
    if status != 0 or (b"tracked" not in answer and not name.startswith("empty")):
        sys.exit(f"{name}: status {status}, answer {answer!r}; see {directory}/stderr")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def main():
    rounds, directory = int(sys.argv[1]), sys.argv[2]
    commands = [argument.split("=", 1) for argument in sys.argv[3:]]
    figures = {name: [] for name, _ in commands}
    for name, command in commands:
        os.makedirs(os.path.join(directory, name.split()[0]), mode=0o700, exist_ok=True)
        for _ in range(2):
            run(directory, command, name)
    for _ in range(rounds):
        random.shuffle(commands)
        for name, command in commands:
            figures[name].append(run(directory, command, name))
    yardstick = None
    print(f"{'':34}  wall ms  ratio   cpu ms  ratio   (medians of {rounds})")
    for name, pairs in figures.items():
        wall = statistics.median(pair[0] for pair in pairs)
        cpu = statistics.median(pair[1] for pair in pairs)
        yardstick = yardstick or (wall, cpu)
        print(f"{name:34} {wall:8.1f} {wall / yardstick[0]:6.2f} {cpu:8.1f} {cpu / yardstick[1]:6.2f}")


main()
