// What is about to be asked, before it is. One thread.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <string_view>

#include "conversation.hpp"
#include "paid.hpp"
#include "price_words.hpp"

namespace gleaner::chat {

/// All requests of a topic together, estimated.
[[nodiscard]] Planned plan_of(const Topic& topic, const std::deque<Work>& work, Format format);

/// Tells the reader when papers that were paid for under other circumstances are about to be paid for again.
/// `left`: what will be asked about; `done`: what was done with them before, "scored".
void say_what_is_paid_again(const Server& server, const Paid& paid, const Batch& batch,
                            std::span<const std::size_t> left, std::string_view done, const Planned& plan);

}  // namespace gleaner::chat
