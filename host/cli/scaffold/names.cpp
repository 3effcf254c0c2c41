#include "host/cli/scaffold/names.hpp"

#include <algorithm>

namespace gleaner::host::cli::scaffold {
namespace {

/// Targets CMake and its generators have already, and the package's own.
constexpr std::string_view taken_by_cmake =
    "all cache clean edit_cache gleaner help install install_local list_install_components "
    "package package_source preinstall rebuild_cache test";

/// Keywords, and crates that come with the compiler.
constexpr std::string_view taken_by_rust =
    "abstract alloc as async await become box break const continue core crate do dyn else enum "
    "extern false final fn for gleaner if impl in let loop macro match mod move mut override "
    "priv proc_macro pub ref return self static std struct super test trait true try type typeof "
    "union unsafe unsized use virtual where while yield";

/// Keywords, and modules of the standard library: a json.py beside a program hides the real one from it
/// (sys.stdlib_module_names of Python 3.11). "talk" is a function of the templates' tests.
constexpr std::string_view taken_by_python =
    "talk abc aifc and argparse array as assert ast async asynchat asyncio asyncore atexit audioop "
    "await base64 bdb binascii bisect break builtins bz2 calendar cgi cgitb chunk class cmath "
    "cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib "
    "contextvars continue copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal "
    "def del difflib dis distutils doctest elif else email encodings ensurepip enum errno except "
    "faulthandler fcntl filecmp fileinput finally fnmatch for fractions from ftplib functools gc "
    "genericpath getopt getpass gettext glob global graphlib grp gzip hashlib heapq hmac html "
    "http if imaplib imghdr imp import importlib in inspect io ipaddress is itertools json "
    "keyword lambda lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes "
    "mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nonlocal not nt ntpath "
    "nturl2path numbers opcode operator optparse or os ossaudiodev pass pathlib pdb pickle "
    "pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats "
    "pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri raise random re readline "
    "reprlib resource return rlcompleter runpy sched secrets select selectors shelve shlex "
    "shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile "
    "sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau "
    "symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap "
    "threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc try tty "
    "turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave "
    "weakref webbrowser while winreg winsound with wsgiref xdrlib xml xmlrpc yield zipapp "
    "zipfile zipimport zlib zoneinfo";

/// Types the templates define or import.
constexpr std::string_view taken_types =
    "About Axis BufReader Call Component Day Digest Err Error Field File Filter NewPaper None Ok Option "
    "Options "
    "Output Paper Result Score Scorer Self Settings Sink Some Source String Vec Verdict";

std::string_view taken_by(Language language) {
  if (language == Language::rust) return taken_by_rust;
  return language == Language::python ? taken_by_python : taken_by_cmake;
}

bool holds_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}

}  // namespace

const std::vector<std::string>& language_words() {
  static const std::vector<std::string> words{"cpp", "c", "rust", "python"};
  return words;
}

const std::vector<std::string>& kind_words() {
  static const std::vector<std::string> words{"source", "filter", "scorer", "output"};
  return words;
}

bool is_component_name_of_plugin(std::string_view name) {
  constexpr std::size_t longest = 64;
  if (name.empty() || name.size() > longest || !(is_lower(name.front()) || is_digit(name.front())))
    return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || c == '-' || c == '_'; });
}

std::string file_word(std::string_view name, std::string_view kind, Language language) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '-', '_');
  if (is_digit(out.front())) return std::string(kind) + "_" + out;
  return holds_word(taken_by(language), out) ? out + "_" + std::string(kind) : out;
}

std::string type_word(std::string_view file_word) {
  std::string out;
  bool starts = true;
  for (const char c : file_word) {
    if (c != '_') out += starts && is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
    starts = c == '_';
  }
  return holds_word(taken_types, out) ? out + "Component" : out;
}

}  // namespace gleaner::host::cli::scaffold
