// SPDX-License-Identifier: Apache-2.0
// What the components do, compiled once. Each is made for one instance and used by one thread at a time.
#pragma once

#include <memory>
#include <string>

#include <gleaner/chat/options.hpp>
#include <gleaner/chat/provider.hpp>
#include <gleaner/cpp/paper.hpp>
#include <gleaner/cpp/services.hpp>

namespace gleaner::chat {

/// Gives every paper of a batch a score on each axis and a comment, or leaves it unscored.
class Scoring {
 public:
  /// Reads the prompt; throws gleaner::Error naming the option that is wrong.
  Scoring(const Provider& provider, const ScorerOptions& options, const Host& host);
  ~Scoring();
  Scoring(const Scoring&) = delete;
  Scoring& operator=(const Scoring&) = delete;
  void judge(const Batch& batch);
  void estimate(const Batch& batch);
  void health(const Call& call);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Drops by title what is surely irrelevant; keeps everything it got no usable answer for.
class Triage {
 public:
  Triage(const Provider& provider, const TriageOptions& options, const Host& host);
  ~Triage();
  Triage(const Triage&) = delete;
  Triage& operator=(const Triage&) = delete;
  void judge(const Batch& batch);
  void estimate(const Batch& batch);
  void health(const Call& call);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Writes one sentence about each selected paper.
class Summary {
 public:
  Summary(const Provider& provider, const SummaryOptions& options, const Host& host);
  ~Summary();
  Summary(const Summary&) = delete;
  Summary& operator=(const Summary&) = delete;
  void judge(const Batch& batch);
  void estimate(const Batch& batch);
  void health(const Call& call);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace gleaner::chat
