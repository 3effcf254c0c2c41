// Texts that speak to a model. The phrases are long on purpose, so that hardly any honest abstract holds one:
// a paper that is named here is scored alone, which costs one request more, and carries a flag in the digest.
// They are English, and no list of phrases is complete: fences, ids and batches have to hold without it.
#include <array>
#include <cstdint>

#include "paper_text.hpp"

namespace gleaner::chat {
namespace {

/// Words in a row, each "a|b" for one of several and with "?" at the end where it may be absent. They are
/// looked for in a text of which only letters and digits are left, so that case, line breaks, punctuation and
/// spaces between words, and between the letters of one, do not matter.
struct Speech {
  std::string_view label;
  std::string_view words;
};

constexpr std::string_view asks_to_ignore = "asks to ignore instructions";
constexpr std::string_view asks_for_score = "asks for a score";
constexpr std::string_view asks_for_praise = "asks for a favourable review";
constexpr std::string_view speaks_to_model = "speaks to a language model";
constexpr std::string_view holds_marks = "has marks of a prompt";
constexpr std::string_view had_hidden = "hidden characters removed";

constexpr std::array<Speech, 20> speeches{{
    {asks_to_ignore,
     "ignore|disregard|override|overrule|bypass|forget|neglect|discard|donotfollow|dontfollow|donotobey "
     "all|any|every|the|your|my|these|those|of? all|any|the|your|of|these? the|your|my? "
     "previous|prior|above|preceding|earlier|foregoing|existing|original|other|initial|system "
     "system|user|scoring|reviewing|given? "
     "instruction|prompt|direction|directive|guideline|command|criteria|rubric"},
    {asks_to_ignore,
     "ignore|disregard|forget|override|donotfollow|dontfollow all|any|the|your? the|your? "
     "system|scoring|user? "
     "instructions|prompts|everything|criteria|guidelines|rules|text of|in? the|your? "
     "prompt|given|written|stated|you? "
     "above|before|previously|youweregiven|youhavebeengiven|sofar"},
    {asks_to_ignore,
     "ignore|disregard|forget everything|all|the? the? above and score|rate|give|output|answer|instead"},
    {asks_to_ignore,
     "newinstructions|newtask|newsystemprompt|updatedinstructions "
     "foryou|forthemodel|forthellm|forthereviewer|followthese|asfollows|giveascore"},
    {asks_for_score,
     "give|assign|award|grant|rate|score|rank|mark this|my|our "
     "paper|submission|manuscript|article|abstract|entry|work "
     "as|with? a|an|the|it? "
     "relevance|novelty|overall|maximum|maximal|max|perfect|highest|high|top|full|best|score|rating|mark|10|"
     "ten"},
    {asks_for_score,
     "this|my|our paper|submission|manuscript|article must|should|shall|deserves|tobe|be be? "
     "given|rated|scored|ranked|assigned|awarded|a|an|the as|with|at|a|an|the? "
     "relevance|novelty|overall|maximum|maximal|max|perfect|highest|high|top|full|score|10|ten"},
    {asks_for_score,
     "give|assign|award|grant|rate|score it|this|us|me a|an|the? "
     "score|rating|mark|10|ten|perfect|maximum|highest "
     "of|10|score|out|rating|for|on 10|ten|of|out|relevance|novelty|outof|possible?"},
    {asks_for_score,
     "score|rating|10|ten of? 10|ten|out|perfect|maximum of|in|on|for? 10|ten|the|both? "
     "relevance|novelty|relevanceandnovelty|axes"},
    {asks_for_score,
     "relevance|relevancescore|relevanceandnovelty is|of|to|at|as|equals? 10|ten and|with|out? of? 10|ten? "
     "novelty|onbothaxes"},
    {asks_for_score,
     "relevanceandnovelty|noveltyandrelevance|bothaxes|bothscores|allaxes|allscores "
     "is|are|of|to|at|as|equal|a|should|must? be|a|the|to? 10|ten|maximum|perfect|highest|max"},
    {asks_for_score,
     "score|rate|rank|mark|drop|reject|judge|give all|every|each|any|the other|remaining "
     "paper|submission|manuscript"},
    {asks_for_praise,
     "give|write|provide|produce|output|generate a|an|only|me|us? a|an|only? positive|favorable|favourable "
     "review|reviews|feedback|assessment|evaluation only"},
    {asks_for_praise,
     "donot|dont|never|avoid highlight|highlighting|mention|mentioning|list|listing|raise|raising any|its "
     "negative|weakness|flaw|limitation|shortcoming"},
    {asks_for_praise,
     "recommend|recommending|votefor|voteto accept|acceptance|accepting of|for? this "
     "paper|submission|manuscript|article"},
    {speaks_to_model,
     "if|as|since|because you are|were? a|an large|ai? "
     "language|llm|ai|assistant|model|chatbot|automated|llmbased "
     "model|assistant|reviewer|reading|agent|system|you|scoring"},
    {speaks_to_model,
     "as a|an large? languagemodel|ai|llm|assistant|chatbot model|reviewer|assistant? you "
     "must|should|will|are|have|need"},
    {speaks_to_model,
     "dear|attention|noteto|noticeto|messageto|instructionsfor|instructionsto|instructionfor|commandfor "
     "the|all|any? "
     "llm|llms|ai|largelanguagemodel|largelanguagemodels|languagemodel|languagemodels|chatgpt|gpt|claude|"
     "gemini "
     "reviewer|assistant|agent|reading|please|ignore|you|donot|thispaper|givethis|scorethis|ratethis"},
    {speaks_to_model,
     "you must|should|shall|haveto|needto|willnow|arenow always|now|only? "
     "give|rate|score|assign|award|rank|judge|answer|output|recommend|mark|a|an|the|in|acting"},
    {speaks_to_model,
     "yourreal|youractual|yournew|youronly task|instruction|instructions|job|goal|role is|are"},
    {holds_marks, "paperlisthere"},
}};

// Looked for in the text in lower case without its white space, punctuation and all.
constexpr std::array<std::string_view, 15> prompt_marks{
    "<paperid",   "</paper",    "&lt;/paper",     "&lt;paperid",  "<|im_start|>",
    "<|im_end|>", "<|system|>", "<|user|>",       "[/inst]",      "<<sys>>",
    "<|eot_id|>", "<system>",   "\"relevance\":", "\"novelty\":", "\"arxivid\":"};

// Letters of other alphabets that look like Latin ones, by code point.
struct Lookalike {
  char32_t code;
  char latin;
};
constexpr std::array<Lookalike, 14> lookalikes{{{0x0430, 'a'},
                                                {0x0435, 'e'},
                                                {0x043E, 'o'},
                                                {0x0440, 'p'},
                                                {0x0441, 'c'},
                                                {0x0443, 'y'},
                                                {0x0445, 'x'},
                                                {0x0456, 'i'},
                                                {0x0455, 's'},
                                                {0x0458, 'j'},
                                                {0x03BF, 'o'},
                                                {0x03BD, 'v'},
                                                {0x0131, 'i'},
                                                {0x017F, 's'}}};

char in_ascii(char32_t code) {
  if (code >= 0xFF01 && code <= 0xFF5E) code -= 0xFEE0;  // full width
  if (code >= 'A' && code <= 'Z') return static_cast<char>(code - 'A' + 'a');
  if (code < 0x80) return static_cast<char>(code);
  for (const auto& like : lookalikes)
    if (like.code == code) return like.latin;
  return '\0';
}

/// The code point at `at`, which moves on; the text is valid UTF-8 (the host sees to it), other bytes do no
/// harm.
char32_t next_code(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0xC0) return lead < 0x80 ? lead : U'\uFFFD';
  char32_t code = lead < 0xE0 ? lead & 0x1FU : lead < 0xF0 ? lead & 0x0FU : lead & 0x07U;
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
    code = (code << 6U) | (static_cast<unsigned char>(text[at++]) & 0x3FU);
  return code;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

struct Squeezed {
  std::string letters;  ///< a–z and 0–9 alone
  std::string marks;    ///< with punctuation, without white space
};

Squeezed squeezed(std::string_view text) {
  Squeezed out;
  for (std::size_t at = 0; at < text.size();) {
    const char c = in_ascii(next_code(text, at));
    if (c > ' ') out.marks += c;
    if (is_letter_or_digit(c)) out.letters += c;
  }
  return out;
}

/// Takes the first of `words` between `end`s off.
std::string_view take_until(std::string_view& words, char end) {
  const auto at = words.find(end);
  const auto first = words.substr(0, at);
  words.remove_prefix(at == std::string_view::npos ? words.size() : at + 1);
  return first;
}

/// Whether the words stand at the beginning of the text. As deep as there are words.
bool begins_with(std::string_view text, std::string_view words) {
  if (words.empty()) return true;
  auto choices = take_until(words, ' ');
  const bool may_be_absent = choices.ends_with('?');
  if (may_be_absent) choices.remove_suffix(1);
  while (!choices.empty()) {
    const auto choice = take_until(choices, '|');
    if (text.starts_with(choice) && begins_with(text.substr(choice.size()), words)) return true;
  }
  return may_be_absent && begins_with(text, words);
}

bool holds(std::string_view letters, std::string_view words) {
  std::string_view rest = words;
  auto choices = take_until(rest, ' ');
  while (!choices.empty()) {
    const auto choice = take_until(choices, '|');
    for (auto at = letters.find(choice); at != std::string_view::npos; at = letters.find(choice, at + 1))
      if (begins_with(letters.substr(at + choice.size()), rest)) return true;
  }
  return false;
}

std::optional<std::string> suspicion_in(std::string_view text) {
  const auto words = squeezed(text);
  for (const auto& speech : speeches)
    if (holds(words.letters, speech.words)) return std::string(speech.label);
  for (const auto mark : prompt_marks)
    if (words.marks.find(mark) != std::string::npos) return std::string(holds_marks);
  return std::nullopt;
}

std::string all_names(Texts authors) {
  std::string out;
  for (const auto name : authors)
    out.append(name).append(", ");
  return out;
}

}  // namespace

std::optional<std::string> suspicion(const Paper& paper) {
  if (auto found = suspicion_in(paper.title())) return found;
  if (auto found = suspicion_in(paper.abstract())) return found;
  if (auto found = suspicion_in(all_names(paper.authors()))) return found;
  const auto hidden = paper.extra("hidden_unicode");
  if (!hidden.empty() && hidden != "0") return std::string(had_hidden);
  return std::nullopt;
}

}  // namespace gleaner::chat
