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
    def test_a_title_with_the_word_is_dropped(self):
        self.assertEqual(@FILE@.reason_to_drop("A survey", ["survey"], "with"), "a word not wanted")
        self.assertIsNone(@FILE@.reason_to_drop("Roses", ["survey"], "with"))

    def test_drop_without_turns_it_round(self):
        self.assertEqual(@FILE@.reason_to_drop("Roses", ["survey"], "without"), "no word wanted")
        self.assertIsNone(@FILE@.reason_to_drop("A survey", ["survey"], "without"))

    def test_it_answers_each_paper(self):
        ready, first, second = talk({"kind": "stage", "options": {"words": ["survey"]}},
                                    {"id": "1", "title": "A survey"}, {"id": "2", "title": "Roses"})
        self.assertEqual(ready["ready"], "exec/1")
        self.assertEqual(first, {"id": "1", "drop": "a word not wanted"})
        self.assertEqual(second, {"id": "2"})


if __name__ == "__main__":
    unittest.main()
