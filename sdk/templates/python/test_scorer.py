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


class Promises(unittest.TestCase):
    def test_each_word_in_the_title_raises_a_paper(self):
        self.assertEqual(@FILE@.relevance("Sparse experts", ["experts", "pruning"]), 4)
        self.assertEqual(@FILE@.relevance("pruning experts", ["experts", "pruning"]), 7)

    def test_a_title_without_one_stays_at_1(self):
        self.assertEqual(@FILE@.relevance("Roses", ["experts"]), 1)

    def test_it_answers_a_paper_with_its_id(self):
        ready, answer = talk({"kind": "stage", "options": {"words": ["experts"]}}, {"id": "1", "title": "Sparse experts"})
        self.assertEqual(ready["ready"], "exec/1")
        self.assertEqual(answer, {"id": "1", "relevance": 4})


if __name__ == "__main__":
    unittest.main()
