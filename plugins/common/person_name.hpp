// SPDX-License-Identifier: Apache-2.0
// A name in the parts that reference managers keep apart. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace gleaner::common {

struct PersonName {
  std::string given;     ///< "Anna Maria"
  std::string particle;  ///< "van der": what is written small before the family name
  std::string family;    ///< "Berg"; of an organisation its whole name
  std::string suffix;    ///< "Jr."
  bool is_organisation = false;

  /// "van der Berg".
  [[nodiscard]] std::string particle_and_family() const {
    return particle.empty() ? family : particle + " " + family;
  }
};

/// From "Anna van der Berg", "van der Berg, Anna", "King, Jr., Martin Luther" or "Martin Luther King Jr.". A
/// collaboration, company or institute, told by its words, is an organisation, and so is whatever cannot be
/// taken apart; one word alone is a family name. All parts are empty for a blank text.
[[nodiscard]] PersonName person_name(std::string_view written);

}  // namespace gleaner::common
