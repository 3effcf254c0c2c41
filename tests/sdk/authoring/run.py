"""run.py PAGE BUILD GLEANER WORK [NAME=VALUE…]: what a guide shows is what happens.

Every fenced block of PAGE is one of these, told by the words behind its fence, and carried out in order in an empty folder:

    ```LANGUAGE file=NAME     written to NAME
    ```sh                     run by bash; has to succeed
    ```text output            what the block before it printed, to the byte

Any other block is a fault: nobody would know whether it is true. `needs=X` on a block that runs leaves it and its output out
where X is neither a program on the path nor a plugin of BUILD. The SDK of BUILD is installed to a prefix of its own and found there;
GLEANER is on the path; NAME=VALUE are added to the environment."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

page, build, gleaner, work = (pathlib.Path(p) for p in sys.argv[1:5])


def blocks(text):
    """Line number, words behind the fence, and content of every fenced block."""
    for found in re.finditer(r"^```([^\n]*)\n(.*?)^```$", text, re.M | re.S):
        yield text.count("\n", 0, found.start()) + 1, found[1].split(), found[2]


def fault(line, sentence):
    sys.exit(f"{page}:{line}: {sentence}")


def is_there(name):
    return shutil.which(name) or (build / f"lib/gleaner/{name}.so").exists()


shutil.rmtree(work, ignore_errors=True)
for folder in ("author", "home", "bin"):
    (work / folder).mkdir(parents=True)
subprocess.run(["cmake", "--install", build, "--component", "sdk", "--prefix", work / "prefix"], check=True, stdout=subprocess.DEVNULL)
env = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "GLEANER_"))}
env |= dict(pair.split("=", 1) for pair in sys.argv[5:])
env |= {"HOME": str(work / "home"), "CMAKE_PREFIX_PATH": str(work / "prefix"), "PATH": f"{gleaner.parent}:{env['PATH']}", "LC_ALL": "C.UTF-8"}

printed = None  # by the last block that ran; None: it was left out
ran = written = left_out = 0
for line, words, content in blocks(page.read_text(encoding="utf-8")):
    named = dict(word.split("=", 1) for word in words if "=" in word)
    if "file" in named:
        (work / "author" / named["file"]).parent.mkdir(parents=True, exist_ok=True)
        (work / "author" / named["file"]).write_text(content, encoding="utf-8")
        written += 1
    elif words[:1] == ["sh"]:
        printed = None
        if "needs" in named and not is_there(named["needs"]):
            left_out += 1
            continue
        done = subprocess.run(["bash", "-euo", "pipefail", "-c", content], cwd=work / "author", env=env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", check=False)
        if done.returncode != 0:
            fault(line, f"this ends with {done.returncode}:\n{content}{done.stdout}{done.stderr}")
        printed = done.stdout
        ran += 1
    elif words == ["text", "output"]:
        if printed is not None and printed != content:
            fault(line, f"the page shows\n{content}and it is\n{printed}")
    else:
        fault(line, "a block that is neither a file, nor run, nor the output of one")
if ran < 3 or written < 3:
    sys.exit(f"{page}: {written} files, {ran} blocks run: were the fences changed?")
print(f"{written} files written, {ran} blocks run, {left_out} left out")
