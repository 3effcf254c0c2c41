"""What @NAME@ promises: python3 -m unittest"""
import json
import pathlib
import subprocess
import sys
import unittest

import @FILE@

FOLDER = pathlib.Path(__file__).resolve().parent


def talk(hello, *lines):
    """What the program answers, as Gleaner talks to it: the handshake first."""
    sent = "".join(json.dumps(line) + "\n" for line in ({"gleaner": "exec/1"} | hello, *lines))
    done = subprocess.run([sys.executable, FOLDER / "@FILE@.py"], input=sent, capture_output=True, text=True, cwd=FOLDER, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


DIGEST = {"title": "Papers", "date": "2025-05-20",
          "papers": [{"title": "Sparse experts", "url": "https://example.org/1"}, {"title": "Roses"}]}
PAGE = "Papers, 2025-05-20\n- Sparse experts\n  https://example.org/1\n- Roses\n  \n"


class Promises(unittest.TestCase):
    def test_the_list_holds_title_date_and_the_papers_in_order(self):
        self.assertEqual(@FILE@.page(DIGEST), PAGE)

    def test_it_writes_the_page(self):
        ready, answer = talk({"kind": "output", "options": {}}, DIGEST)
        self.assertEqual(ready["ready"], "exec/1")
        self.assertEqual(answer, {"write": PAGE})


if __name__ == "__main__":
    unittest.main()
