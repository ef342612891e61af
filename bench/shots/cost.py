#!/usr/bin/env python3
"""What finding shots costs beside decoding alone, and beside PySceneDetect where it is installed.

    cost.py [--program build/dramatis] [--rounds 3] FILM...

The three take turns, so that a busy machine slows all of them; of each the least processor time and
the least wall time of all rounds count. Decoding is `ffmpeg -f null` with its own choice of threads, as
is ours. PySceneDetect: detect-adaptive with its defaults.
"""

import argparse
import importlib.util
import pathlib
import resource
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def seconds_of(command):
    """(processor, wall)"""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def commands_for(program, film):
    commands = {
        "decoding": ["ffmpeg", "-v", "error", "-nostdin", "-i", film, "-map", "0:v:0", "-f", "null", "-"],
        "dramatis": [program, "shots", "--quiet", film],
    }
    if importlib.util.find_spec("scenedetect"):
        commands["PySceneDetect"] = [sys.executable, "-m", "scenedetect", "-q", "-i", film]
        commands["PySceneDetect"] += ["detect-adaptive", "list-scenes", "-n"]
    return commands


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("films", nargs="+", metavar="FILM")
    parser.add_argument("--program", default=str(ROOT / "build/dramatis"))
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    for film in arguments.films:
        commands = commands_for(arguments.program, film)
        rounds = [{name: seconds_of(command) for name, command in commands.items()} for _ in range(arguments.rounds)]
        least = {name: [min(one[name][i] for one in rounds) for i in (0, 1)] for name in commands}
        print(pathlib.Path(film).name)
        for name, (processor, wall) in least.items():
            ratios = [figure / of for figure, of in zip((processor, wall), least["decoding"])]
            print(
                f"  {name:14} processor {processor:6.2f} s ({ratios[0]:.2f} of decoding), "
                f"wall {wall:6.2f} s ({ratios[1]:.2f})"
            )


if __name__ == "__main__":
    main()
