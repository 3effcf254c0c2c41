// SPDX-License-Identifier: Apache-2.0
//
// A fake host for the unit tests of a plugin: headers only, standard library only, for any test framework.
//
//   #include <gleaner/testkit.hpp>
//   namespace kit = gleaner::testkit;
//
//   kit::FakeHost host;
//   auto words = kit::make<Words>(host, {{"words", kit::list("pruning", "moe")}, {"weight", 2.0}});
//   const auto judged = words.judge({kit::paper("2505.00001", "Pruning experts")});
//   assert(judged.score(0, "relevance") == 3);
//   assert(host.violations().empty());
//
// The component is made and called through its C descriptor, so that option table, defaults, bounds and
// trampolines are tested along with it. Everything that comes back is a value; nothing is borrowed.
//
//   FakeHost    what the host offers and what happened: log, store, account, secrets, clock, files, mail,
//   HTTP
//               (gleaner/testkit/host.hpp)
//   FakeHttp    answers by URL, with latencies in the fake clock's time (gleaner/testkit/http.hpp)
//   Component   fetch, judge, estimate, deliver, health (gleaner/testkit/component.hpp)
//   Settings    options as a pipeline file would have them (gleaner/testkit/values.hpp)
//
// No network, no file, no sleep: files are kept in memory and time moves only when told to, or when a
// component waits for a scripted answer. What a real host would refuse or complain of is said in
// FakeHost::violations(), and in the result of the call it happened in.
//
// Errors: make() throws BadSettings for settings that do not fit the option table and gleaner::Error for a
// component that refuses to be created. A failing call does not throw: its result has `error`.
// Threads: FakeHost and Component may be used from several threads. The host must outlive its components.
#pragma once

#include <gleaner/testkit/check.hpp>
#include <gleaner/testkit/clock.hpp>
#include <gleaner/testkit/component.hpp>
#include <gleaner/testkit/config.hpp>
#include <gleaner/testkit/digest.hpp>
#include <gleaner/testkit/host.hpp>
#include <gleaner/testkit/http.hpp>
#include <gleaner/testkit/values.hpp>
