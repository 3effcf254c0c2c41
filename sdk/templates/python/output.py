#!/usr/bin/env python3
"""@NAME@: writes a plain list of the selected papers. Speaks exec/1, a line of JSON at a time (docs/exec.md)."""
import json
import sys


def page(digest):
    lines = [f"{digest['title']}, {digest['date']}"]
    for paper in digest["papers"]:
        lines += [f"- {paper['title']}", f"  {paper.get('url', '')}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdin.readline()  # the handshake; this output has no options
    print(json.dumps({"ready": "exec/1", "name": "@NAME@", "version": "0.1.0", "kind": "output", "options": {}}), flush=True)
    for line in sys.stdin:
        print(json.dumps({"write": page(json.loads(line))}), flush=True)
