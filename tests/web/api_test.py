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
# What never ends is no request and answer; the film is not there in an invented project.
LEFT_OUT = ["/api/events"]


def main():
    if not PROGRAM or not os.path.exists(PROGRAM):
        print("SKIPPED: this needs schemathesis: pip install schemathesis, and SCHEMATHESIS=its program")
        return 77
    with tempfile.TemporaryDirectory() as scratch:
        room = Room(os.path.join(scratch, "project"), "people=5", "shots=10")
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
    return 1 if result.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
