// A Semantic Scholar for unit tests: it knows some papers and people and answers in the shape of the real
// one. The payloads are made, not recorded.
#pragma once

#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include <gleaner/testkit.hpp>

namespace gleaner::authors::testing {

namespace kit = gleaner::testkit;

inline const std::string server = "https://api.semanticscholar.org/graph/v1";

/// [{"authorId": …}] of {{"7", "Ada Lovelace", 12}, …}; an empty id is null, an h-index below 0 too.
struct Somebody {
  std::string id, name;
  int h_index = -1;
};

inline boost::json::object json_of(const Somebody& somebody) {
  boost::json::object out;
  out["authorId"] = somebody.id.empty() ? boost::json::value(nullptr) : boost::json::value(somebody.id);
  out["name"] = somebody.name;
  out["hIndex"] = somebody.h_index < 0 ? boost::json::value(nullptr) : boost::json::value(somebody.h_index);
  return out;
}

/// A person's papers: one for each list of co-authors.
inline boost::json::object profile(const Somebody& somebody, const std::vector<std::string>& with,
                                   const std::string& field = "Computer Science") {
  boost::json::object out = json_of(somebody);
  boost::json::array authors{json_of(somebody)};
  for (const std::string& name : with)
    authors.push_back(json_of({"9" + std::to_string(authors.size()), name}));
  boost::json::array fields;
  if (!field.empty()) fields.push_back(boost::json::object{{"category", field}, {"source", "external"}});
  out["affiliations"] = boost::json::array();
  out["papers"] = boost::json::array{boost::json::object{{"authors", authors}, {"s2FieldsOfStudy", fields}}};
  return out;
}

class FakeScholar {
 public:
  explicit FakeScholar(kit::FakeHost& host) : host_(host) {
    host.http().on(server + "/paper/batch",
                   [this](const kit::SentRequest& sent) { return batch(sent, papers); });
    host.http().on(server + "/author/batch",
                   [this](const kit::SentRequest& sent) { return batch(sent, people); });
    host.http().on(server + "/author/search", kit::Reply::ok(R"({"total": 0, "offset": 0})"));
  }

  void knows_paper(const std::string& key, const std::vector<Somebody>& authors) {
    boost::json::array list;
    for (const Somebody& author : authors)
      list.push_back(json_of(author));
    papers[key] = boost::json::object{{"paperId", "0f40"}, {"authors", list}};
  }
  void knows_person(const boost::json::object& person) {
    people[std::string(person.at("authorId").as_string())] = person;
  }
  /// `words`: the name as the query has it, "wei%20wang".
  void finds(const std::string& words, const std::vector<boost::json::object>& found) {
    boost::json::array data(found.begin(), found.end());
    const boost::json::object answer{{"total", data.size()}, {"offset", 0}, {"data", data}};
    host_.http().on(server + "/author/search?query=" + words + "&",
                    kit::Reply::ok(boost::json::serialize(answer)));
  }

  /// What was asked, "METHOD /path?query".
  [[nodiscard]] std::vector<std::string> asked() const {
    std::vector<std::string> out;
    for (const auto& sent : host_.http().requests())
      out.push_back(sent.method + " " + sent.url.substr(server.size()));
    return out;
  }

  std::map<std::string, boost::json::object> papers, people;

 private:
  static kit::Reply batch(const kit::SentRequest& sent,
                          const std::map<std::string, boost::json::object>& known) {
    boost::json::array out;
    bool is_any = false;
    const boost::json::value asked = boost::json::parse(sent.body);
    for (const auto& id : asked.at("ids").as_array()) {
      const auto at = known.find(std::string(id.as_string()));
      out.push_back(at == known.end() ? boost::json::value(nullptr) : boost::json::value(at->second));
      is_any = is_any || at != known.end();
    }
    if (!is_any) return kit::Reply::http(400, R"({"error":"No valid paper ids given"})");
    return kit::Reply::ok(boost::json::serialize(out));
  }
  kit::FakeHost& host_;
};

inline NewPaper paper(const std::string& id, std::vector<std::string> authors) {
  NewPaper out = kit::paper(id, "A title");
  out.authors = std::move(authors);
  return out;
}

}  // namespace gleaner::authors::testing
