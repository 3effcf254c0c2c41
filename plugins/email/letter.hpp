// SPDX-License-Identifier: Apache-2.0
// A digest as one message of RFC 5322. Pure: the same digest and options give the same bytes, so that a
// second try is the same message. Any thread.
#pragma once

#include <string>

#include "plugins/common/digest/page.hpp"
#include "plugins/email/address.hpp"
#include "plugins/email/body.hpp"

namespace gleaner::email {

struct LetterOptions {
  Mailbox from{};
  std::string to{};  ///< the address of the one who gets it; empty: nobody is named
  std::string subject = "{title} {date} ({count})";
  std::string list_id{};  ///< without brackets; empty: made from pipeline and domain
  bool thread = false;    ///< every digest of the pipeline answers the same message, which never was
  BodyOptions body{};
};

/// Headers and a multipart/alternative, text first; lines end in CR LF and are ASCII, 76 characters long at
/// most. No recipient but `to` stands in it. `key`: the digest's.
[[nodiscard]] std::string letter(const digest::Page& page, const std::string& key,
                                 const LetterOptions& options);

/// Throws Error naming the option `list_id` for what is none (RFC 2919, section 3): "papers.example.org".
void check_list_id(const std::string& text);

}  // namespace gleaner::email
