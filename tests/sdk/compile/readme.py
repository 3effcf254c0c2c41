"""readme.py README INCLUDE WORK COMPILER [FLAG…]: every plugin the README shows compiles as it stands there."""

import pathlib
import re
import subprocess
import sys

readme, include, work, *compiler = sys.argv[1:]
text = pathlib.Path(readme).read_text(encoding="utf-8")
blocks = [b for b in re.findall(r"(?:^    .*\n|^\n)+", text, re.M) if "#include <gleaner/plugin.hpp>" in b]
folder = pathlib.Path(work)
folder.mkdir(parents=True, exist_ok=True)
if len(blocks) < 3:
    sys.exit(f"{readme} shows {len(blocks)} plugins; a scorer, a source and an output are promised")
for number, block in enumerate(blocks):
    source = folder / f"readme_{number}.cpp"
    source.write_text(re.sub(r"^    ", "", block, flags=re.M), encoding="utf-8")
    subprocess.run([*compiler, "-I", include, "-fsyntax-only", str(source)], check=True)
print(f"{len(blocks)} plugins compiled")
