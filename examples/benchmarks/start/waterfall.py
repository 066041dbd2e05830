"""Prints where the time between loaded classes goes: waterfall.py LOG."""
import re
import sys

previous, name = 0.0, "start of the machine"
for line in open(sys.argv[1]):
    found = re.match(r"\[([\d.]+)s\] (\S+) ", line)
    if not found:
        continue
    at = float(found.group(1)) * 1000
    if at - previous >= 1:
        print(f"{previous:6.0f} ms  +{at - previous:5.1f}  {name} .. {found.group(2)}")
    previous, name = at, found.group(2)
print(f"{previous:6.0f} ms  end")
