#include <array>

#include "host/config/codes.hpp"

namespace gleaner::host {
namespace {

constexpr std::array table = {
    CodeInfo{Code::unreadable_file, "the pipeline file cannot be read",
             "There is no such file, it is a folder, or its permissions keep you out.",
             "gleaner lint my-papers",
             "gleaner lint my-papers.toml\n(check the path; `ls -l` shows the permissions)"},
    CodeInfo{Code::not_utf8, "the file is not UTF-8",
             "TOML files are UTF-8. The place is that of the first byte that is not; editors on Windows "
             "often save UTF-16 or "
             "a code page instead.",
             "title = \"Caf\\xe9\"", "Save the file again as UTF-8."},
    CodeInfo{Code::not_toml, "the file is not TOML",
             "The file could not be parsed from this place on, so nothing after it was checked.",
             "title = \"my papers", "title = \"my papers\""},
    CodeInfo{Code::unknown_key, "unknown key",
             "This table has no such key. Options belong to the component that `use` names; `gleaner "
             "describe NAME` lists "
             "them. A top-level key must stand above the first [table].",
             "[[source]]\nuse        = \"arxiv\"\ncategoires = [\"cs.LG\"]",
             "[[source]]\nuse        = \"arxiv\"\ncategories = [\"cs.LG\"]"},
    CodeInfo{Code::wrong_table, "not the kind of table that belongs here",
             "[[source]], [[stage]] and [[output]] take two brackets, since there may be several; [select], "
             "[run], [budget] and "
             "[secrets] take one.",
             "[source]\nuse = \"arxiv\"", "[[source]]\nuse = \"arxiv\""},
    CodeInfo{Code::too_large, "too large or nested too deeply",
             "Pipeline files end at 64 MiB, and keys and tables may be nested 64 levels deep.",
             "a.a.a.a.(many more).a = 1", "Check that this is the file you meant."},
    CodeInfo{
        Code::misplaced_key, "a reserved key that means nothing here",
        "`when`, `limit`, `top` and `sections` are for outputs. Sources and stages have no use for them.",
        "[[source]]\nuse   = \"arxiv\"\nlimit = 10", "[select]\nlimit = 10"},
    CodeInfo{Code::set_unknown, "--set names nothing in this pipeline",
             "The part before the first dot is a component's `name` (by default its `use`), or select, run, "
             "budget or secrets.",
             "gleaner run p.toml --set keywrd.scale=5", "gleaner run p.toml --set keyword.scale=5"},
    CodeInfo{Code::set_ambiguous, "--set names more than one component",
             "A source, a stage and an output may have the same name.",
             "gleaner run p.toml --set jsonl.path=day.jsonl",
             "gleaner run p.toml --set output.jsonl.path=day.jsonl"},
    CodeInfo{Code::set_malformed, "--set is not KEY=VALUE",
             "KEY is a top-level key, NAME.option or TABLE.key; parts with other characters than letters, "
             "digits, '-' and '_' "
             "take quotes, as in TOML.",
             "gleaner run p.toml --set 'keyword.positive.graph kernel=3'",
             "gleaner run p.toml --set 'keyword.positive.\"graph kernel\"=3'"},
    CodeInfo{Code::missing_part, "no source or no output",
             "A run needs papers from at least one [[source]] and at least one [[output]] to write to.",
             "[[source]]\nuse        = \"arxiv\"\ncategories = [\"cs.LG\"]",
             "[[source]]\nuse        = \"arxiv\"\ncategories = [\"cs.LG\"]\n\n[[output]]\n"
             "use  = \"markdown\"\npath = \"out/{date}.md\""},
    CodeInfo{Code::wrong_type, "a value of the wrong type",
             "Strings take quotes, numbers and true/false do not, lists take brackets.",
             "categories = \"cs.LG\"", "categories = [\"cs.LG\"]"},
    CodeInfo{Code::unknown_word, "not one of the possible values", "The key takes one of a few words.",
             "via = \"atmo\"", "via = \"atom\""},
    CodeInfo{Code::out_of_bounds, "a number outside its range", "The message gives the range.", "limit = 0",
             "limit = 60\n(no limit at all: leave it out)"},
    CodeInfo{Code::bad_duration, "not a duration", "Durations are strings with a unit: ms, s, m, h or d.",
             "interval = 3", "interval = \"3s\""},
    CodeInfo{Code::missing_option, "a required option is missing",
             "The component cannot work without it; the place is that of its `use`.",
             "[[output]]\nuse = \"markdown\"", "[[output]]\nuse  = \"markdown\"\npath = \"out/{date}.md\""},
    CodeInfo{Code::bad_when, "`when` cannot be read",
             "An output is written always, selected (something was selected), incomplete (the digest lacks "
             "something) or on "
             "weekdays.",
             "when = \"mondays\"", "when = \"weekday:mon,thu\""},
    CodeInfo{Code::bad_name, "not usable as a name",
             "Component names go into axes (NAME.axis) and --set, the pipeline's name into file names. "
             "Component names: letters, "
             "digits, '-' and '_'; the pipeline's: anything printable without '/'.",
             "name = \"my.stage\"", "name = \"my-stage\""},
    CodeInfo{
        Code::repeated_name, "two components of one name",
        "Names given by `name` are unique among the sources, among the stages and among the outputs.",
        "[[stage]]\nuse  = \"keyword\"\nname = \"words\"\n\n[[stage]]\nuse  = \"keyword\"\nname = \"words\"",
        "name = \"words\"\nname = \"more-words\""},
    CodeInfo{Code::bad_text, "characters that cannot stand here",
             "Control characters (line ends, NUL, escapes) cannot be part of a path, a name, a title or an "
             "address.",
             "contact = \"me@example.org\\n\"", "contact = \"me@example.org\""},
    CodeInfo{
        Code::repeated_path, "two outputs write the same file",
        "The later output would overwrite the earlier one without a word. Paths are compared as a run "
        "resolves them, relative to the pipeline file. Standard output (\"-\") takes one output too. Outputs "
        "whose `when` names different weekdays may share a file.",
        "[[output]]\nuse  = \"markdown\"\npath = \"out/{date}.txt\"\n\n[[output]]\nuse  = \"json\"\npath = "
        "\"out/{date}.txt\"",
        "[[output]]\nuse  = \"markdown\"\npath = \"out/{date}.md\"\n\n[[output]]\nuse  = \"json\"\npath = "
        "\"out/{date}.json\""},
    CodeInfo{
        Code::unknown_placeholder, "an unknown placeholder in an output's path",
        "{date}, {pipeline}, {from} and {to} expand in the `path` of an output, written exactly so. Anything "
        "else in braces would become part of the file's name.",
        "[[output]]\nuse  = \"markdown\"\npath = \"out/{dat}.md\"",
        "[[output]]\nuse  = \"markdown\"\npath = \"out/{date}.md\""},
    CodeInfo{
        Code::bad_date, "not a date",
        "A date is written with four digits of the year, two of the month and two of the day, and has to "
        "exist.",
        "[run]\nholidays = [\"26/11/2026\"]", "[run]\nholidays = [\"2026-11-26\"]"},
    CodeInfo{Code::bad_memory_size, "not an amount of memory",
             "Amounts of memory are strings: a whole number and KiB, MiB or GiB.",
             "isolate = { memory = 512 }", "isolate = { memory = \"512MiB\" }"},
    CodeInfo{Code::unknown_reference, "unknown ${…}",
             "There are ${env:NAME}, ${env:NAME:-default}, ${file:PATH} and ${secret:NAME}. $${ stands for a "
             "plain ${.",
             "title = \"${HOME}\"", "title = \"${env:HOME}\""},
    CodeInfo{Code::unclosed_reference, "${ without its }",
             "A reference ends with a brace; $${ stands for a plain ${.", "title = \"${env:HOME\"",
             "title = \"${env:HOME}\""},
    CodeInfo{Code::unset_variable, "an environment variable is not set",
             "${env:NAME} needs the variable; a default covers both unset and empty.",
             "title = \"${env:PAPERS_TITLE}\"", "title = \"${env:PAPERS_TITLE:-My papers}\""},
    CodeInfo{
        Code::unreadable_reference, "the file or variable of a reference cannot be used",
        "${file:PATH} is relative to the pipeline file and must be a readable UTF-8 file of at most 16 MiB.",
        "title = \"${file:titel.txt}\"", "title = \"${file:title.txt}\""},
    CodeInfo{Code::misplaced_secret, "a secret where it could be seen",
             "${secret:NAME} is for options of type secret alone: only they are kept out of logs, cassettes "
             "and digests.",
             "title = \"${secret:MY_TITLE}\"",
             "title = \"${env:MY_TITLE}\"\n(`gleaner describe NAME` shows which options are secrets)"},
    CodeInfo{Code::malformed_reference, "a reference that cannot be read",
             "A reference needs a name, and cannot stand inside another one.",
             "title = \"${env:A:-${env:B}}\"", "title = \"${env:A:-My papers}\""},
    CodeInfo{Code::open_secrets_file, "others can read the secrets file",
             "Only you may read a file of secrets.", "[secrets]\nfile = \"secrets.toml\"   # mode 644",
             "chmod 600 secrets.toml"},
    CodeInfo{Code::bad_secrets_command, "a secrets command without {name}",
             "The command is run once a secret, with its name in the place of {name}.",
             "[secrets]\ncommand = [\"pass\", \"show\"]",
             "[secrets]\ncommand = [\"pass\", \"show\", \"{name}\"]"},
    CodeInfo{Code::unknown_component, "unknown component",
             "No installed plugin has a component of this name that can stand here. `gleaner list` shows "
             "those there are, "
             "`--plugin-path` adds folders.",
             "[[output]]\nuse = \"markdwn\"", "[[output]]\nuse = \"markdown\""},
    CodeInfo{Code::bad_default, "a plugin's own default is wrong",
             "The plugin declares a default that fails its own checks. The pipeline file is not at fault.",
             "use = \"someplugin\"", "Give the option a value yourself, and tell the plugin's author."},
    CodeInfo{Code::missing_use, "a component without `use`", "`use` says which component the table is about.",
             "[[output]]\npath = \"day.md\"", "[[output]]\nuse  = \"markdown\"\npath = \"day.md\""},
    CodeInfo{Code::impolite_interval, "requests too close together",
             "The site asks for a longer pause between two requests. Shorter ones are for servers of your "
             "own, named by "
             "base_url.",
             "interval = \"100ms\"", "interval = \"3s\"\n(or leave it out)"},
    CodeInfo{
        Code::refused_options, "a component refuses its options",
        "Every value is of the right type, and the component cannot work with them all the same: its own "
        "sentence says why. A run ends for the same reason.",
        "[[stage]]\nuse   = \"terms\"\nwhere = \"(pruning OR sparse\"",
        "[[stage]]\nuse   = \"terms\"\nwhere = \"(pruning OR sparse)\""},
    CodeInfo{
        Code::unlocked_plugin, "a plugin is not the one that was locked",
        "Beside the pipeline file lies a lock file, with the SHA-256 of every plugin that the pipeline may "
        "use. This plugin has changed since it was written, or is not in it, so it is not loaded.",
        "# my.lock\n8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92  arxiv.so",
        "gleaner plugin lock my.toml   # if you trust the plugins as they are now"},
    CodeInfo{Code::malformed_lock, "a lock file that cannot be read",
             "It holds lines as sha256sum writes them: the SHA-256 as 64 hexadecimal digits, two spaces, the "
             "name of a plugin's file. Nothing of the pipeline is loaded while one line is anything else.",
             "# my.lock\n8d969eef  arxiv.so", "gleaner plugin lock my.toml   # writes it anew"},
    CodeInfo{
        Code::unusable_plugin, "a plugin that cannot be loaded",
        "The component is known from an earlier look at its plugin file, and now the file cannot be loaded "
        "or is another: a library it needs is gone, say. The sentence says what, and what to do.",
        "# what \"gleaner list\" still shows, from its memory\n[[stage]]\nuse = \"topics\"",
        "gleaner plugin rescan   # says what each plugin file is now"},
    CodeInfo{Code::unknown_axis, "no stage gives this axis",
             "`min`, `order` and `weights` name axes that stages before select give: relevance, or "
             "keyword.relevance for that of "
             "one stage.",
             "[select]\nmin = { relevence = 7 }", "[select]\nmin = { relevance = 7 }"},
    CodeInfo{Code::bad_axes, "`axes` cannot be used",
             "The option names the axes of a stage: at least one, each once, of small letters, digits and "
             "'_', and none called "
             "total.",
             "axes = [\"relevance\", \"Relevance!\"]", "axes = [\"relevance\", \"novelty\"]"},
    CodeInfo{Code::unknown_fallback, "`fallback` names no stage",
             "When the budget is spent, what is left is ranked by the stage of this name.",
             "[budget]\nfallback = \"keywords\"", "[budget]\nfallback = \"keyword\""},
    CodeInfo{Code::remote_fallback, "`fallback` names a stage that asks a server",
             "The fallback works when the budget is spent, so it must be a stage without network.",
             "[budget]\nfallback = \"model\"   # a stage that asks a server",
             "[budget]\nfallback = \"keyword\""},
    CodeInfo{Code::weighted_total, "total cannot be weighted", "The total is what the weights make.",
             "[select]\nweights = { total = 2 }", "[select]\nweights = { relevance = 2, novelty = 1 }"},
    CodeInfo{
        Code::useless_fallback, "`fallback` names a stage that cannot rank",
        "What the budget leaves over is ranked by the axes of this stage, before select: one without axes, "
        "and one that works on the selected papers, cannot do that.",
        "[budget]\nfallback = \"authors\"", "[budget]\nfallback = \"keyword\""},
    CodeInfo{Code::unset_secret, "a secret is not set",
             "It is in no environment variable of that name, and neither [secrets] file nor command is there "
             "to give it. A run "
             "fails only when a component that runs needs it.",
             "api_key = \"${secret:MY_API_KEY}\"", "export MY_API_KEY=…"},
    CodeInfo{Code::secret_in_file, "a secret stands in the file",
             "Pipeline files are copied and shared; a key in one is soon public.", "api_key = \"sk-…\"",
             "api_key = \"${secret:MY_API_KEY}\""},
    CodeInfo{
        Code::missing_contact, "no contact",
        "The site this component asks wants to know whom to write to; the address goes into the User-Agent.",
        "[[source]]\nuse        = \"arxiv\"\ncategories = [\"cs.LG\"]",
        "contact = \"you@example.org\"\n\n[[source]]\nuse        = \"arxiv\"\ncategories = [\"cs.LG\"]"},
    CodeInfo{Code::deprecated_option, "an option on its way out",
             "It still works; the message says what takes its place.", "old_option = 1", "new_option = 1"},
    CodeInfo{Code::missing_secrets_file, "the secrets file does not exist",
             "No secret will be found in it. The path is relative to the pipeline file.",
             "[secrets]\nfile = \"secrets.toml\"", "touch secrets.toml && chmod 600 secrets.toml"},
    CodeInfo{Code::unreachable_min, "a minimum that no score reaches",
             "The axis ends below it, so nothing but picks can be selected.",
             "[select]\nmin = { relevance = 80 }", "[select]\nmin = { relevance = 8 }"},
    CodeInfo{
        Code::missing_file, "a file to read does not exist",
        "A run that needs it will say so and go without, or end. Relative paths start at the folder of the "
        "pipeline file. Nothing is wrong when the file is made before the run.",
        "[[source]]\nuse  = \"jsonl\"\nfile = \"paper.jsonl\"",
        "[[source]]\nuse  = \"jsonl\"\nfile = \"papers.jsonl\""},
    CodeInfo{
        Code::cautious_component, "a component warns of its options",
        "It can work with them, and has something to say all the same, in its own sentence: of what they "
        "cost, "
        "or of what they leave out. A run says so in its log.",
        "[[stage]]\nuse    = \"model\"\nprompt = \"prompt.txt\"   # the papers stand before most of its text",
        "Do as the sentence says, or leave it: nothing fails."},
    CodeInfo{Code::talkative_component, "a component has something to tell",
             "Nothing is wrong. It says, in its own sentence, what the file alone does not show: of what it "
             "cannot "
             "know before it runs, say. A note changes no exit code.",
             "[[stage]]\nuse     = \"exec\"\ncommand = [\"./rank.py\"]\noptions = { words = [\"sparse\"] }",
             "There is nothing to mend; \"gleaner check\" asks the component itself."},
};

}  // namespace

std::span<const CodeInfo> all_codes() {
  return table;
}

}  // namespace gleaner::host
