"""The interface against its own description: schemathesis makes up requests, and no answer may be a
defect of the server or other than described. SCHEMATHESIS names the program, else the path is
searched."""

import os
import shutil
import subprocess
import sys
import tempfile

from invented_room import Room

PROGRAM = os.environ.get("SCHEMATHESIS") or shutil.which("schemathesis") or shutil.which("st")
# What never ends is no request and answer.
LEFT_OUT = ["/api/events"]


def holds(scratch, film):
    """Whether every made-up request is answered as described, where the film is there or gone."""
    room = Room(os.path.join(scratch, f"film-{film}"), "people=5", "shots=10", f"film={film}")
    try:
        words = [PROGRAM, "run", room.base + "/api/openapi.json", "--url", room.base,
                 "--header", f"Authorization: Bearer {room.key}", "--max-examples", os.environ.get("EXAMPLES", "40"),
                 "--seed", "1", "--workers", "1", "--checks", "not_a_server_error,response_schema_conformance,content_type_conformance"]
        for path in LEFT_OUT:
            words += ["--exclude-path", path]
        result = subprocess.run(words, cwd=scratch)
        room.ask("/api/cast")  # still there
    finally:
        room.close()
    return result.returncode == 0


def main():
    if not PROGRAM or not os.path.exists(PROGRAM):
        print("SKIPPED: this needs schemathesis: pip install schemathesis, and SCHEMATHESIS=its program")
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        return 0 if all([holds(scratch, film) for film in (0, 1)]) else 1


if __name__ == "__main__":
    sys.exit(main())
