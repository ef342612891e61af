# The clustering core alone, on numbers of the user's own.
source "$(dirname "$0")/harness.sh"

python3 - <<'END'
import struct
rows = [[0, 0], [10, 0], [0.1, 0], [10.1, 0], [0, 0.1]]
header = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, 2), }" % len(rows)
header += " " * (63 - (10 + len(header)) % 64) + "\n"
with open("x.npy", "wb") as f:
    f.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
    for row in rows:
        f.write(struct.pack("<2f", *row))
END
printf '%s\n' 0 0 1 1 0 >shots.csv
dramatis cluster --embeddings x.npy --shots shots.csv --threshold 1 --method ducros2023 -o out.csv
# Row 4 is near rows 0 and 2 but shares a shot with row 0, so it stays alone.
[ "$(tr '\n' ' ' <out.csv)" = "person,cluster 0,0 1,1 2,0 3,1 4,2 " ] || fail "$(cat out.csv)"

printf '%s\n' 0 0 1 >short.csv
refuses 2 "short.csv" cluster --embeddings x.npy --shots short.csv --threshold 1
head -c 90 x.npy >cut.npy
refuses 2 "cut.npy" cluster --embeddings cut.npy --shots shots.csv --threshold 1
