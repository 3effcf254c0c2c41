"""rust_layout.py RUSTC LAYOUT.INC GLEANER.RS WORK

Every struct of gleaner.rs against the table of offsets that the C header is held to (tests/sdk/abi/layout.inc): a Rust test is made
of the table, compiled with gleaner.rs, and run. Exit 77: skipped.
"""
import pathlib
import re
import shutil
import subprocess
import sys

RUST_WORDS = {"abstract", "type"}


def table(layout):
    """{struct: (size, {field: (offset, size)})}, as of the newest minor."""
    structs = {}
    for size, struct, *numbers in re.findall(r"^(SIZE)\((\w+), (\d+), (\d+), (\d+)\)", layout, flags=re.M):
        structs[struct] = (int(numbers[-1]), {})
    for struct, field, offset, size in re.findall(r"^FIELD(?:_\d)?\((\w+), (\w+), (\d+), (\d+)\)", layout, flags=re.M):
        structs[struct][1][field] = (int(offset), int(size))
    return structs


def test_of(struct, size, fields):
    lines = [f"    #[test]\n    fn {struct}_lies_as_in_the_header() {{",
             f"        let one = std::mem::MaybeUninit::<{struct}>::uninit();",
             "        let at = one.as_ptr();",
             f"        assert_eq!(std::mem::size_of::<{struct}>(), {size});"]
    for field, (offset, field_size) in fields.items():
        name = f"r#{field}" if field in RUST_WORDS else field
        lines += [f"        let field = unsafe {{ std::ptr::addr_of!((*at).{name}) }};",
                  f"        assert_eq!((field as usize - at as usize, pointee(field)), ({offset}, {field_size}), \"{field}\");"]
    return "\n".join(lines + ["    }\n"])


def main(rustc, layout, source, work):
    rustc = shutil.which(rustc)
    if not rustc:
        print("skipped: there is no rustc")
        return 77
    text = pathlib.Path(source).read_text()
    ours = re.findall(r"#\[repr\(C\)\]\n(?:\s*#\[derive.*\n)?\s*pub struct (\w+)", text)
    known = table(pathlib.Path(layout).read_text())
    assert len(ours) >= 24, f"gleaner.rs has {len(ours)} structs of the contract: too few to be right"
    contract = [name for name in known if f" {name};" in (pathlib.Path(source).parent.parent / "include/gleaner/abi.h").read_text()]
    missing = [name for name in contract if name not in ours]
    unknown = [name for name in ours if name not in known]
    fields = {name: re.findall(r"pub (?:r#)?(\w+):", re.search(rf"pub struct {name} \{{(.*?)\n    \}}", text, flags=re.S)[1]) for name in ours}
    extra = [f"{name}.{field}" for name in ours for field in fields[name] if field not in known.get(name, (0, {}))[1]]
    if missing or unknown or extra:
        print(f"not in gleaner.rs: {missing}; not in the header: {unknown + extra}")
        return 1
    work = pathlib.Path(work)
    work.mkdir(parents=True, exist_ok=True)
    tests = "\n".join(test_of(name, *known[name]) for name in ours)
    (work / "gleaner.rs").write_text(text)
    (work / "layout.rs").write_text(
        "#![allow(dead_code, unused_macros, unused_imports)]\nmod gleaner;\n#[cfg(test)]\nmod layout {\n    use crate::gleaner::abi::*;\n"
        f"    fn pointee<T>(_: *const T) -> usize {{\n        std::mem::size_of::<T>()\n    }}\n{tests}}}\n")
    subprocess.run([rustc, "--edition", "2021", "--test", "-o", str(work / "layout"), str(work / "layout.rs")], check=True)
    return subprocess.run([str(work / "layout"), "--quiet"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
