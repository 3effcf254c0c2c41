#!/usr/bin/env python3
"""The html page of a 2,000-paper day: its size, and how long a keystroke in its filter takes in headless Chromium.

    bench/html_page.py [--build DIR] [--papers 2000] [--runs 3] [--json]

A keystroke counts from the key's arrival in the page to the frame that shows its effect, the longest of all letters typed.
Wanted: below 100 ms, below 1.5 MB with gzip, below 6 MB without. Exit 0 whatever the figures are, 1 when something did not
run, 77 without Chromium."""

import argparse
import gzip
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parent.parent
PIPELINE = """name = "large"
[[output]]
use = "html"
path = "large.html"
math = "text"
"""
# Typed letter by letter, from what fits every paper to what fits none, and taken back.
TYPED = ["s", "p", "a", "r", "s", "e", " ", "t", "o", "k", "e", "n", "x", "Backspace", "Backspace", "Escape"]
MEASURE = """(key) => new Promise((done) => {
  const began = performance.now();
  const box = document.getElementById("search");
  if (key === "Backspace") box.value = box.value.slice(0, -1);
  else if (key === "Escape") box.value = "";
  else box.value += key;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  // The callback before a frame, then the first task after it: the frame is laid out and painted between the two.
  requestAnimationFrame(() => { const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now() - began); channel.port2.postMessage(0); });
})"""


def words(generator, vocabulary, count):
    return " ".join(generator.choices(vocabulary, k=count))


def digest(papers):
    """Abstracts of 1,300 letters on average, as arXiv's are, of 6,000 words as unevenly used as those of a language."""
    generator = random.Random(1)
    letters = "etaoinshrdlucmfwypvbgk"
    vocabulary = ["sparse", "token"] + ["".join(generator.choices(letters, weights=range(22, 0, -1), k=generator.randint(2, 11))) for _ in range(6000)]
    ranked = generator.choices(vocabulary, weights=[1 / (rank + 1) for rank in range(len(vocabulary))], k=200_000)
    one = lambda number: {
        "id": f"2505.{10000 + number}", "title": words(generator, ranked, 10).capitalize(),
        "authors": [words(generator, ranked, 2).title() for _ in range(generator.randint(1, 9))],
        "abstract": words(generator, ranked, 190), "categories": generator.sample(["cs.LG", "cs.AI", "cs.CL", "cs.CV", "stat.ML"], 2),
        "announce": "new", "sources": ["arxiv"], "decided_by": "openai", "comment": words(generator, ranked, 14),
        "scores": {"relevance": generator.randint(1, 10), "novelty": generator.randint(1, 10)}}
    return {"schema": "gleaner.digest/1", "title": "A large day", "date": "2025-05-20", "complete": True,
            "counts": {"announced": papers, "scanned": papers, "selected": papers}, "papers": [one(number) for number in range(papers)]}


class Browser:
    """Headless Chromium by its pipe: messages end with a zero byte, commands on its descriptor 3, answers on 4."""

    def __init__(self, program, folder):
        reads, self.to = os.pipe()
        self.answers, writes = os.pipe()
        # By a shell, which may number descriptors as it likes.
        line = f'exec "$0" "$@" 3<&{reads} 4>&{writes}'
        self.process = subprocess.Popen(
            ["bash", "-c", line, program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             "--remote-debugging-pipe", f"--user-data-dir={folder}", "about:blank"],
            pass_fds=(reads, writes), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        os.close(reads)
        os.close(writes)
        self.rest, self.last, self.session, self.loaded = b"", 0, None, False
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.send("Page.enable")
        self.send("Emulation.setDeviceMetricsOverride", width=1440, height=900, deviceScaleFactor=1, mobile=False)

    def message(self):
        while b"\0" not in self.rest:
            got = os.read(self.answers, 1 << 20)
            if not got:
                raise RuntimeError("the browser is gone")
            self.rest += got
        text, self.rest = self.rest.split(b"\0", 1)
        message = json.loads(text)
        self.loaded |= message.get("method") == "Page.loadEventFired"
        return message

    def send(self, method, **parameters):
        self.last += 1
        command = {"id": self.last, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        os.write(self.to, json.dumps(command).encode() + b"\0")
        while (answer := self.message()).get("id") != self.last:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def open(self, address):
        self.loaded = False
        self.send("Page.navigate", url=address)
        while not self.loaded:
            self.message()

    def value(self, expression):
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def close(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def measure(build, papers, runs, program):
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        (place / "day.json").write_text(json.dumps(digest(papers)))
        (place / "large.toml").write_text(PIPELINE)
        subprocess.run([build / "bin/gleaner", "render", "day.json", "large.toml"], cwd=place, check=True, capture_output=True)
        page = (place / "large.html").read_bytes()
        browser = Browser(program, place / "profile")
        try:
            slowest, loads = [], []
            for _ in range(runs):
                browser.open((place / "large.html").as_uri())
                loads.append(browser.value("performance.timing.loadEventEnd - performance.timing.navigationStart"))
                slowest.append(max(browser.value(f"({MEASURE})({json.dumps(key)})") for key in TYPED))
        finally:
            browser.close()
    return {"raw_mb": len(page) / 1e6, "gzip_mb": len(gzip.compress(page, 6)) / 1e6, "load_ms": min(loads), "keystroke_ms": min(slowest)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, default=TOP / "build/release")
    parser.add_argument("--papers", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args()
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        print("bench/html_page.py: no Chromium is installed", file=sys.stderr)
        return 77
    found = measure(wanted.build.resolve(), wanted.papers, wanted.runs, program)
    if wanted.json:
        print(json.dumps(found))
        return 0
    print(f"{wanted.papers} papers: {found['raw_mb']:.2f} MB, {found['gzip_mb']:.2f} MB with gzip; loaded in {found['load_ms']:.0f} ms; "
          f"the slowest keystroke {found['keystroke_ms']:.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
