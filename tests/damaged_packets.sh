# Damage in the middle of a film costs some pictures, not the film.
source "$(dirname "$0")/harness.sh"

film_of_nobody whole.mkv 8 -g 25
python3 - <<'END'
film = bytearray(open("whole.mkv", "rb").read())
middle = len(film) // 2
film[middle:middle + 4000] = bytes((i * 37) % 256 for i in range(4000))
open("damaged.mkv", "wb").write(film)
END
dramatis run damaged.mkv -o damaged.dramatis
dramatis export damaged.dramatis --format json -o damaged.json
frames=$(json damaged.json 'd["film"]["frames"]')
[ "$frames" -ge 150 ] && [ "$frames" -le 200 ] || fail "of 200 frames $frames are left"
