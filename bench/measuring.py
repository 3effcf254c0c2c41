"""Runs gleaner on a feed, in new processes, and says what that took."""

import dataclasses
import json
import os
import pathlib
import shutil
import statistics
import subprocess

# What a reader's pipeline of two fields looks like: a dozen phrases, a page of a few dozen papers.
PIPELINE = """title = "Measured Daily Papers"
state = "none"

[[source]]
use        = "arxiv"
file       = {feed}
categories = ["cs.LG", "cs.AI", "cs.CL", "stat.ML"]
announce   = {announce}

[[stage]]
use      = "keyword"
positive = {{ "mixture of experts" = 4, "pruning" = 3, "quantization" = 3, "reasoning" = 2, "language model" = 1, "tree search" = 2, \
"low-rank adaptation" = 2, "k-means" = 1, "speech" = 1, "theorem prover" = 3 }}
negative = {{ "survey" = 3, "robot" = 2 }}

[select]
min   = {{ relevance = 4 }}
limit = 40

[[output]]
use  = "markdown"
path = {page}
"""
NEWS = ["new", "cross"]
EVERYTHING = ["new", "cross", "replace", "replace-cross"]


@dataclasses.dataclass
class Figures:
    seconds: float        # median, wall clock, from start of the process to its end
    fastest: float        # seconds
    peak_mib: float       # largest peak of resident memory
    cpu_seconds: float    # median, user and system, all threads


class Broken(Exception):
    """Something did not run at all; a slow figure is not that."""


def build_folder(gleaner):
    """build/bench of build/bench/bin/gleaner: measure lies in its bench/."""
    return pathlib.Path(gleaner).resolve().parent.parent


def environment(gleaner):
    """Without plugins of the user's own, and with a scan cache that is not theirs."""
    beside = build_folder(gleaner) / "bench"
    without = {name: value for name, value in os.environ.items() if name != "GLEANER_PLUGIN_PATH"}
    return {**without, "XDG_CACHE_HOME": str(beside / "cache"), "XDG_DATA_HOME": str(beside / "data")}


def forget_plugins(gleaner):
    """What the next process finds is no scan cache."""
    shutil.rmtree(environment(gleaner)["XDG_CACHE_HOME"], ignore_errors=True)


def measured(gleaner, arguments, runs):
    """A row of measure's for each of `runs` new processes, one after the other."""
    command = [str(build_folder(gleaner) / "bench" / "measure"), str(runs), str(gleaner), *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment(gleaner))
    except OSError as why:
        raise Broken(str(why)) from why
    if done.returncode != 0:
        raise Broken(f"{' '.join(command)}\n{done.stderr}")
    rows = [[int(word) for word in line.split()] for line in done.stdout.splitlines()]
    failed = [row[4] for row in rows if row[4] != 0]
    if failed:
        raise Broken(f"exit {failed[0]}: {' '.join(command[2:])}\n{done.stderr}")
    return rows


def figures(rows):
    return Figures(seconds=statistics.median(row[0] for row in rows) / 1e6, fastest=min(row[0] for row in rows) / 1e6,
                   peak_mib=max(row[1] for row in rows) / 1024, cpu_seconds=statistics.median(row[2] + row[3] for row in rows) / 1e6)


def processes(gleaner, arguments, runs, warm_up=1):
    """`runs` new processes after `warm_up` that do not count: the page cache is warm, and the scan cache."""
    return figures(measured(gleaner, arguments, runs + warm_up)[warm_up:])


def forgetful_processes(gleaner, arguments, runs):
    """The same, each without a scan cache: it looks at every plugin, and writes what it found."""
    rows = []
    for _ in range(runs + 1):
        forget_plugins(gleaner)
        rows += measured(gleaner, arguments, 1)
    return figures(rows[1:])


def write_pipeline(feed, announce):
    """A pipeline file beside the feed; its page goes there, too."""
    feed = pathlib.Path(feed).resolve()
    file = feed.with_suffix(".toml")
    file.write_text(PIPELINE.format(feed=json.dumps(str(feed)), announce=json.dumps(announce),
                                    page=json.dumps(str(feed.with_suffix(".md")))), encoding="utf-8")
    return file


def pipeline(gleaner, feed, runs, announce=NEWS, processes=processes):
    """The feed through arxiv, keyword and markdown."""
    return processes(gleaner, ["run", write_pipeline(feed, announce), "-q"], runs)


def plugin_folder(gleaner, count):
    """A folder of `count` plugin files: links to those beside the program, then to those of bench/listed.c."""
    build = build_folder(gleaner)
    own = sorted((build / "lib/gleaner").glob("*.so"))
    listed = sorted((build / "bench/listed").glob("*.so"))
    if len(own) + len(listed) < count:
        raise Broken(f"there are no {count} plugins; build the target listed")
    folder = build / "bench/many"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for file in (own + listed)[:count]:
        (folder / file.name).symlink_to(file)
    return folder
