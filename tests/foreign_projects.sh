# A project that is not this film's, not of this version, or not a project: status 5, and it is untouched.
source "$(dirname "$0")/harness.sh"

film_of_nobody film.mp4 2
film_of_nobody other.mp4 3
dramatis run --quiet film.mp4 -o project

state() { find project -type f ! -name '*-wal' ! -name '*-shm' -exec sha256sum {} + | sort; }
state >before.txt
refuses 5 "project" run --quiet other.mp4 -o project
state >after.txt
same before.txt after.txt

for stored in project/*.sqlite; do
  cp "$stored" kept
  python3 -c "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute('PRAGMA user_version=999'); c.commit()" "$stored"
  refuses 5 "project" people project
  refuses 5 "project" run --quiet film.mp4 -o project
  cp kept "$stored"
done
dramatis people project >people.txt

mkdir empty
refuses 5 "empty" people empty
refuses 5 "missing" export missing --format json
