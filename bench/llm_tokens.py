#!/usr/bin/env python3
"""Tokens sent to a model for a day of 312 papers, against the 48,833 prompt tokens that a real day of as many had (gpt-4o,
2025-05-07, of the system that Gleaner replaces).

    bench/llm_tokens.py [--build DIR] [--batch-tokens N] [--json]

The criteria are that day's own prompt. That day's 312 papers are not known, but the picks file beside the repository has real
papers of those weeks: all of 2025-05-07 and of the days after it, in the file's order, until there are 312. The openai plugin runs
over them against a server on 127.0.0.1 that keeps the requests; what is counted is what was really sent, by the library's own
estimate. With triage the server drops titles evenly, so that a share of them stays: the real day's share is not known, so three
are shown. "Prefix" is what all requests of a stage begin with, byte for byte: a provider's cache can serve it from the second on."""

import argparse
import gzip
import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

TOP = pathlib.Path(__file__).resolve().parent.parent
SHARED = TOP.parent / "shared"
DAY, PAPERS, REAL = "2025-05-07", 312, 48_833
STAGE = """[[stage]]
use = "openai{kind}"
model = "gpt-4o"
base_url = "{url}"
prompt = "criteria.txt"
{more}
"""


class Model(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, kept):
        super().__init__(("127.0.0.1", 0), Answer)
        self.kept, self.titles, self.asked = kept, 0, []


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        messages = [each["content"] for each in body["messages"]]
        ids = re.findall(r'^<paper id="([^"…]+)">$', messages[-1], re.M)
        schema = body["response_format"]["json_schema"]["schema"]
        triage = "drop" in schema["properties"]
        self.server.asked.append(("triage" if triage else "scorer", messages, json.dumps(schema), len(ids)))
        papers = []
        for each in ids:
            if not triage:
                papers.append({"id": each, "comment": "c", "relevance": 5, "novelty": 5})
                continue
            self.server.titles += 1
            if int(self.server.titles * self.server.kept) == int((self.server.titles - 1) * self.server.kept):
                papers.append({"id": each, "reason": "r"})
        text = json.dumps({"drop" if triage else "papers": papers})
        said = json.dumps({"choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
                           "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_):
        pass


class Broken(Exception):
    pass


def papers_of_the_day():
    with gzip.open(SHARED / "ranking/picks.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if row["date"] >= DAY]
    seen = {}
    for row in sorted(rows, key=lambda row: row["date"]):
        seen.setdefault(row["id"], row)
    chosen = list(seen.values())[:PAPERS]
    return [{name: row[name] for name in ("id", "title", "authors", "abstract")} for row in chosen]


def tokens(build, texts):
    """Of each text."""
    done = subprocess.run([str(build / "bench/count_tokens")], input="".join(text + "\0" for text in texts), capture_output=True,
                          text=True, encoding="utf-8")
    if done.returncode != 0:
        raise Broken(done.stderr)
    return [int(line) for line in done.stdout.split()]


def sent(build, kept, more):
    """The requests for the day; `kept`: share of the titles that triage keeps, None without triage."""
    model = Model(kept)
    threading.Thread(target=model.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{model.server_address[1]}"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "papers.jsonl").write_text("".join(json.dumps(each) + "\n" for each in papers_of_the_day()), encoding="utf-8")
        (folder / "criteria.txt").write_bytes((SHARED / "golden" / DAY / "prompt.txt").read_bytes())
        stages = STAGE.format(kind="-triage", url=url, more="") if kept is not None else ""
        stages += STAGE.format(kind="", url=url, more=more)
        (folder / "p.toml").write_text('state = "none"\n[[source]]\nuse = "jsonl"\nfile = "papers.jsonl"\n' + stages +
                                       '[[output]]\nuse = "json"\npath = "day.json"\n')
        done = subprocess.run([str(build / "bin/gleaner"), "run", str(folder / "p.toml"), "-q"], capture_output=True, text=True,
                              env={**os.environ, "HOME": name, "XDG_STATE_HOME": name})
    model.shutdown()
    if done.returncode != 0:
        raise Broken(f"exit {done.returncode}\n{done.stderr}")
    return model.asked


def measured(build, kept, more):
    row = {"kept": kept, "requests": 0, "papers_scored": 0, "prompt": 0, "prefix": 0, "titles": 0, "schema": 0}
    asked = sent(build, kept, more)
    for kind in ("triage", "scorer"):
        own = [each for each in asked if each[0] == kind]
        if not own:
            continue
        texts = ["".join(messages) for _, messages, _, _ in own]
        common = os.path.commonprefix(texts) if len(texts) > 1 else ""
        counts = tokens(build, texts)
        (prefix,) = tokens(build, [common])
        row["requests"] += len(own)
        row["prompt"] += sum(counts)
        row["prefix"] += prefix * len(own)
        row["schema"] += tokens(build, [own[0][2]])[0] * len(own)
        if kind == "triage":
            row["titles"] = sum(counts)
        else:
            row["papers_scored"] = sum(each[3] for each in own)
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=TOP / "build/bench")
    parser.add_argument("--batch-tokens", type=int, help="of the scorer, in place of its default")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    if not SHARED.exists():
        print("bench/llm_tokens.py: skipped: the shared data is not here", file=sys.stderr)
        return 77
    more = f"batch_tokens = {asked.batch_tokens}" if asked.batch_tokens else ""
    try:
        rows = [measured(asked.build.resolve(), kept, more) for kept in (None, 1 / 2, 1 / 3, 1 / 4)]
    except (Broken, OSError) as why:
        print(f"bench/llm_tokens.py: this did not run: {why}", file=sys.stderr)
        return 1
    if asked.json:
        print(json.dumps(rows))
        return 0
    print(f"{PAPERS} papers; the real day had {REAL:,} prompt tokens")
    print("triage keeps   scored  requests  prompt tokens  of the real day  of them titles  prefix  (schemas)")
    for row in rows:
        kept = "no triage" if row["kept"] is None else f"{row['kept']:.0%}"
        print(f"{kept:12}  {row['papers_scored']:7}  {row['requests']:8}  {row['prompt']:13,}  {row['prompt'] / REAL:14.2f}×  "
              f"{row['titles']:14,}  {row['prefix'] / row['prompt']:5.0%}  {row['schema']:10,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
