#!/usr/bin/env python3
"""The contract as a later minor might have it: every struct that may grow has one more field at its end.

grow.py SDK_INCLUDE SIZED_HPP LAYOUT_INC TO

Copies abi.h and ext/*.h of SDK_INCLUDE to TO/gleaner, with the field `later` and the next minor, and SIZED_HPP to
TO/host/loader, with the line each such struct then needs. Which structs grow is read from the headers and held against
LAYOUT_INC, so that none is missed.
"""
import pathlib
import re
import sys

STRUCT = re.compile(r"(?:typedef )?struct (\w+) \{\n  uint64_t size;.*?\n\}(?: \1)?;", re.DOTALL)
FIELD = "  uint64_t later GLEANER_LATER;\n"
MINOR = re.compile(r"#define GLEANER_ABI_MINOR (\d+)")
# What a host of that minor writes there is not zero: nobody older may look.
LATER = """
#ifdef __cplusplus
#define GLEANER_LATER = 0xA5A5A5A5A5A5A5A5u
#else
#define GLEANER_LATER
#endif
"""


def grown(header, names):
    def with_field(match):
        names.append(match.group(1))
        text = match.group(0)
        end = text.rindex("}")
        return text[:end] + FIELD + text[end:]

    return STRUCT.sub(with_field, header)


def main():
    include, sized, layout, to = map(pathlib.Path, sys.argv[1:])
    names = []
    for header in [include / "gleaner/abi.h", *sorted((include / "gleaner/ext").glob("*.h"))]:
        text = grown(header.read_text(), names)
        minor = MINOR.search(text)
        if minor:
            text = MINOR.sub(f"#define GLEANER_ABI_MINOR {int(minor.group(1)) + 1}" + LATER.replace("\\", "\\\\"), text)
        write(to / header.relative_to(include), text)
    expected = set(re.findall(r"^FIELD\((\w+), size, 0, 8\)", layout.read_text(), re.MULTILINE))
    if set(names) != expected or len(names) != len(expected):
        sys.exit(f"grow.py: these structs start with `size` in one of the headers and layout.inc only: "
                 f"{sorted(expected.symmetric_difference(names))}")
    text = sized.read_text()
    known = set(re.findall(r"smallest_size<(\w+)>", text))
    lines = [f"template <>\ninline constexpr std::uint64_t smallest_size<{name}> = offsetof({name}, later);\n"
             for name in names if name not in known]
    before = "/// A copy of what both sides know of"
    if text.count(before) != 1:
        sys.exit(f"grow.py: sized.hpp has no place for more sizes, before \"{before}\"")
    headers = "".join(f"#include <gleaner/ext/{header.name}>\n" for header in sorted((include / "gleaner/ext").glob("*.h")))
    text = text.replace("#include <gleaner/abi.h>\n", "#include <gleaner/abi.h>\n" + headers)
    write(to / "host/loader/sized.hpp", text.replace(before, "".join(lines) + "\n" + before))


def write(path, text):
    """Leaves a file that says so already: what is compiled from it is then up to date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


main()
