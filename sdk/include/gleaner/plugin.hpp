// SPDX-License-Identifier: Apache-2.0
//
// The comfortable way to write a Gleaner plugin: C++20 over gleaner/abi.h, headers only, standard library
// only.
//
//   #include <gleaner/plugin.hpp>
//
//   struct Options {
//     std::vector<std::string> words;
//     double weight = 1;
//   };
//
//   struct Words : gleaner::Scorer<Options> {
//     static constexpr auto about =
//         gleaner::about("words", "Raises papers whose title names your words",
//                        gleaner::field("words", &Options::words, "Words that raise a paper").required(),
//                        gleaner::field("weight", &Options::weight, "Points a word is worth, 0 to 9")
//                            .fallback("1")
//                            .within(0, 9))
//             .axis("relevance", "How much of it is about your words");
//     gleaner::Score score(const gleaner::Paper& paper) const {
//       double hits = 0;
//       for (const auto& word : options.words) hits += paper.title().find(word) != std::string_view::npos;
//       return std::min(10.0, 1 + options.weight * hits);
//     }
//   };
//
//   GLEANER_PLUGIN("words", "1.0.0", Words)
//
// A component derives from Source, Filter, Scorer or Output (gleaner/cpp/component.hpp says what each must
// have) and names itself in a constant `about`. Errors are exceptions: throw gleaner::Error with a sentence
// for a person. None leaves the plugin.
#pragma once

#include <algorithm>  // for plugins as short as the one above

#include <gleaner/abi.h>
#include <gleaner/cpp/component.hpp>
#include <gleaner/cpp/descriptor.hpp>
#include <gleaner/cpp/options.hpp>
#include <gleaner/cpp/paper.hpp>
#include <gleaner/cpp/services.hpp>
#include <gleaner/cpp/text.hpp>
