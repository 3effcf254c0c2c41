#!/usr/bin/env python3
"""The openai stage against a server on 127.0.0.1 that takes a second for each answer: row 5 of the design's numbers.

    bench/llm_stage.py [--build DIR] [--requests 40] [--concurrency 1,8,32] [--json]

One paper a request. The time of the stage is that from the first request's arrival to the last answer, as the server sees
it, and ceil(N/C) seconds is what no client can beat. Exit 0 whatever the figures are, 1 when something did not run."""

import argparse
import http.server
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

TOP = pathlib.Path(__file__).resolve().parent.parent
LATENCY = 1.0
PIPELINE = """state = "none"
[[source]]
use = "jsonl"
file = "papers.jsonl"
[[stage]]
use = "openai"
model = "gpt-4o"
base_url = "{url}"
prompt = "criteria.txt"
batch = 1
concurrency = {concurrency}
[[output]]
use = "json"
path = "day.json"
"""


class Model(http.server.ThreadingHTTPServer):
    """Keeps when requests came and answers went, on the monotonic clock."""

    request_queue_size = 256
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.lock = threading.Lock()
        self.came, self.went, self.open, self.most = [], [], 0, 0

    def note(self, times, change):
        with self.lock:
            times.append(time.monotonic())
            self.open += change
            self.most = max(self.most, self.open)


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        self.server.note(self.server.came, 1)
        due = time.monotonic() + LATENCY
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        ids = re.findall(r'^<paper id="([^"…]+)">$', body["messages"][-1]["content"], re.M)
        text = json.dumps({"papers": [{"id": each, "comment": "c", "relevance": 5, "novelty": 5} for each in ids]})
        usage = {"prompt_tokens": 500, "completion_tokens": 30, "total_tokens": 530}
        said = json.dumps({"choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
                           "usage": usage}).encode()
        time.sleep(max(0.0, due - time.monotonic()))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)
        self.server.note(self.server.went, -1)

    def log_message(self, *_):
        pass


class Broken(Exception):
    pass


def measured(gleaner, requests, concurrency):
    model = Model()
    threading.Thread(target=model.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        papers = [{"id": f"2505.{i:05}", "title": f"Paper {i}", "authors": ["A. Author"], "abstract": "We measure. " * 90}
                  for i in range(1, requests + 1)]
        (folder / "papers.jsonl").write_text("".join(json.dumps(each) + "\n" for each in papers))
        (folder / "criteria.txt").write_text("Papers that measure.\n[PAPER LIST HERE]\n")
        url = f"http://127.0.0.1:{model.server_address[1]}"
        (folder / "p.toml").write_text(PIPELINE.format(url=url, concurrency=concurrency))
        started = time.monotonic()
        done = subprocess.run([str(gleaner), "run", str(folder / "p.toml"), "-q"], capture_output=True, text=True,
                              env={**os.environ, "HOME": name, "XDG_STATE_HOME": name})
        whole = time.monotonic() - started
    model.shutdown()
    if done.returncode != 0 or len(model.came) != requests:
        raise Broken(f"exit {done.returncode}, {len(model.came)} requests\n{done.stderr}")
    best = math.ceil(requests / concurrency) * LATENCY
    stage = max(model.went) - min(model.came)
    return {"requests": requests, "concurrency": concurrency, "at_once": model.most, "best": best, "stage": stage,
            "process": whole, "ratio": stage / best}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=TOP / "build/bench")
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--concurrency", default="1,8,32")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    try:
        rows = [measured(asked.build.resolve() / "bin/gleaner", asked.requests, int(each))
                for each in asked.concurrency.split(",")]
    except (Broken, OSError) as why:
        print(f"bench/llm_stage.py: this did not run: {why}", file=sys.stderr)
        return 1
    if asked.json:
        print(json.dumps(rows))
        return 0
    print("requests  at once  ceil(N/C) s   stage s  whole process s   ratio")
    for row in rows:
        print(f"{row['requests']:8}  {row['at_once']:7}  {row['best']:11.0f}  {row['stage']:8.3f}  {row['process']:15.3f}  "
              f"{row['ratio']:6.3f} {'met' if row['ratio'] <= 1.05 else 'MISSED'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
