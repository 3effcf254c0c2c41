// SPDX-License-Identifier: Apache-2.0
//
// gleaner::chat: everything large language model providers share. A provider is the request it sends and the
// reply it reads; from these two this library makes three components: NAME (scorer), NAME-triage (filter) and
// NAME-summary (after select), with prompts, batches, reply reading, retries by bisection, prices, budget and
// a store of what was paid for.
//
//   #include <gleaner/chat.hpp>
//
//   struct Acme {
//     static constexpr gleaner::chat::Facts facts{.name = "acme", .base_url = "https://api.acme.example/v1",
//     …}; static gleaner::chat::Post request(const gleaner::chat::Ask& ask); static gleaner::chat::Reply
//     read(const gleaner::chat::Value& body);
//   };
//
//   GLEANER_CHAT_PLUGIN("acme", "1.0.0", Acme)
//
// Link with the CMake target gleaner::chat. These headers need the standard library alone; the library itself
// was compiled with one, so a plugin that uses it must use the same C++ standard library.
#pragma once

#include <gleaner/chat/components.hpp>
#include <gleaner/chat/provider.hpp>
#include <gleaner/chat/value.hpp>
#include <gleaner/plugin.hpp>

/// Once a library, at namespace scope: the plugin's name, its version, its provider class.
#define GLEANER_CHAT_PLUGIN(plugin_name, plugin_version, Provider)                 \
  GLEANER_PLUGIN(plugin_name, plugin_version, ::gleaner::chat::ScorerOf<Provider>, \
                 ::gleaner::chat::TriageOf<Provider>, ::gleaner::chat::SummaryOf<Provider>)
