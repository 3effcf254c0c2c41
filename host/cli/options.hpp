// Options that several verbs share, so that they read alike everywhere.
#pragma once

#include "host/cli/verb.hpp"

namespace gleaner::host::cli::options {

inline constexpr OptionSpec json{.name = "json",
                                 .doc = "Print JSON for programs instead of text for people."};

inline constexpr OptionSpec quiet{.name = "quiet", .letter = 'q', .doc = "Say nothing but errors."};

inline constexpr OptionSpec verbose{
    .name = "verbose",
    .letter = 'v',
    .doc = "Say more: what is asked of servers, which plugin files are passed over."};

inline constexpr OptionSpec state{
    .name = "state",
    .value = "FILE",
    .doc =
        "What Gleaner remembers of the pipeline lies in FILE instead of where the "
        "pipeline says; \"none\" remembers nothing.",
    .completes = Completes::file};

inline constexpr OptionSpec set{
    .name = "set",
    .value = "KEY=VALUE",
    .doc =
        "Change the pipeline for this time. KEY is a component's option (keyword.positive), a key of a table "
        "(select.min.relevance) or a top-level key (title); source., stage. or output. in front says which "
        "component is meant where two have one name. VALUE is read as TOML, and as plain text where it is "
        "none.",
    .repeatable = true};

inline constexpr OptionSpec out{
    .name = "out",
    .value = "DIR",
    .doc = "Put output files with relative paths below DIR instead of beside the pipeline file.",
    .completes = Completes::folder};

}  // namespace gleaner::host::cli::options
