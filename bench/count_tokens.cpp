// Texts on standard input, each ended by a zero byte; on standard output the tokens of each by the library's
// estimate, a line each.
#include <iostream>
#include <string>

#include "tokens.hpp"

int main() {
  for (std::string text; std::getline(std::cin, text, '\0');)
    std::cout << gleaner::chat::estimate_tokens(text) << '\n';
}
