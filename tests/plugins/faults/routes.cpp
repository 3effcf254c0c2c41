// The answers are made, not recorded; most are the fixtures of the components' own tests.
#include "tests/plugins/faults/routes.hpp"

#include <filesystem>

#include "tests/e2e/feed_text.hpp"
#include "tests/e2e/files.hpp"

namespace gleaner::faults {
namespace {

const std::string kXml = "text/xml; charset=utf-8";
const std::string kJson = "application/json";
const std::string kHtml = "text/html; charset=utf-8";

// A Wednesday; arXiv's days are New York's.
const std::string kArxivNow = "2026-11-18T12:00:00Z";
const std::string kArxivPast = "2026-11-17";
const std::string kNow = "2025-05-07T06:00:00Z";

std::string fixture(const std::string& path) {
  return e2e::read_file(std::filesystem::path(GLEANER_SOURCE_DIR "/tests/plugins") / path);
}

std::string listing(const std::string& heading) {
  std::string out = "<!DOCTYPE html><html><head><title>arXiv</title></head><body><h3>" + heading +
                    "</h3><div class='paging'>Total of 2 entries</div><dl id='articles'><h3>New submissions "
                    "(showing 2 of 2 entries)</h3>\n";
  for (const std::string id : {"2611.00001", "2611.00002"})
    out += "<dt><a name='item1'>[1]</a> <a href =\"/abs/" + id + "\" title=\"Abstract\" id=\"" + id +
           "\">arXiv:" + id + "</a></dt>\n<dd><div class='meta'><div class='list-title mathjax'>" +
           "<span class='descriptor'>Title:</span>\n A paper about café\n</div><div class='list-authors'>"
           "<a href=\"/a\">Ann Author</a></div><div class='list-subjects'><span class='descriptor'>Subjects:"
           "</span> <span class=\"primary-subject\">Machine Learning (cs.LG)</span></div>"
           "<p class='mathjax'> Words. </p></div></dd>\n";
  return out + "</dl></body></html>";
}

std::string search_results() {
  std::string out =
      "<?xml version='1.0' encoding='UTF-8'?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">"
      "<opensearch:totalResults xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\">2"
      "</opensearch:totalResults>\n";
  for (const std::string id : {"2611.00001", "2611.00002"})
    out += "<entry><id>http://arxiv.org/abs/" + id + "v1</id><title>A paper about café</title>" +
           "<summary>Words.</summary><published>2026-11-16T10:00:00Z</published>"
           "<author><name>Ann Author</name></author><category term=\"cs.LG\"/></entry>\n";
  return out + "</feed>\n";
}

std::string harvest() {
  std::string out =
      "<?xml version='1.0' encoding='UTF-8'?>\n<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>"
      "<ListRecords>\n";
  for (const std::string id : {"2611.00001", "2611.00002"})
    out += "<record><header><identifier>oai:arXiv.org:" + id +
           "</identifier><datestamp>2026-11-17</datestamp></header><metadata><arXivRaw><id>" + id +
           "</id><version version='v1'><date>Mon, 16 Nov 2026 10:45:05 GMT</date></version>"
           "<title>A paper about café</title><authors>Ann Author</authors><categories>cs.LG</categories>"
           "<abstract>Words.</abstract></arXivRaw></metadata></record>\n";
  return out + "</ListRecords></OAI-PMH>\n";
}

std::vector<e2e::FeedItem> items() {
  return {{.id = "2611.00001", .title = "A paper about café"},
          {.id = "2611.00002", .title = "A paper about café"}};
}

Route arxiv(const std::string& name, const std::string& via, const std::string& date, Page page) {
  Route out{.name = "arxiv_" + name,
            .component = "arxiv",
            .now = kArxivNow,
            .date = date,
            .table = "[[source]]\nuse = \"arxiv\"\ncategories = [\"cs.LG\"]\nvia = \"" + via +
                     "\"\nbase_url = \"SERVER\"\nlist_url = \"SERVER\"\napi_url = \"SERVER\"\n"
                     "oai_url = \"SERVER\"\n"};
  out.pages.push_back(std::move(page));
  out.largest = 64;
  out.papers = {"2611.00001", "2611.00002"};
  return out;
}

void add_arxiv(std::vector<Route>& all) {
  const std::string today = listing("Showing new listings for Wednesday, 18 November 2026");
  const std::string past = listing("Catchup results for Machine Learning on Tue, 17 Nov 2026");
  for (const std::string via : {"rss", "atom", "auto"}) {
    const bool is_atom = via == "atom";
    all.push_back(arxiv(
        via, via, "",
        {is_atom ? "/atom/cs.LG" : "/rss/cs.LG", kXml, is_atom ? e2e::atom(items()) : e2e::rss(items())}));
    all.back().latin1 = Reading::refused;  // arXiv's feeds are UTF-8
    all.back().utf16 = Reading::refused;
  }
  all.push_back(arxiv("list_today", "list", "", {"/list/cs.LG/new", kHtml, today}));
  all.push_back(arxiv("list_past", "list", kArxivPast, {"/catchup/cs.LG/" + kArxivPast, kHtml, past}));
  all.push_back(arxiv("api", "api", kArxivPast, {"/api/query", kXml, search_results()}));
  all.back().utf16 = Reading::refused;
  all.push_back(arxiv("oai", "oai", kArxivPast, {"/oai", kXml, harvest()}));
  all.back().utf16 = Reading::refused;
}

Route other(const std::string& component, const std::string& options) {
  return {.name = component,
          .component = component,
          .now = kNow,
          .date = "",
          .table = "[[source]]\nuse = \"" + component + "\"\n" + options};
}

void add_feed(std::vector<Route>& all) {
  Route out = other("feed", "url = \"SERVER/journal.xml\"\n");
  out.pages.push_back(
      {"/journal.xml", kXml, e2e::replaced(fixture("feed/fixtures/rss2.xml"), "The role of", "The rôle of")});
  out.accented = "rôle";
  out.largest = 64;
  out.papers = {"2505.01557", "doi:10.5555/abc.1", "url:https://journal.example.org/articles/4"};
  all.push_back(out);
}

void add_biorxiv(std::vector<Route>& all) {
  Route out = other("biorxiv", "base_url = \"SERVER\"\n");
  out.date = "2025-05-06";
  out.pages.push_back({"/details/biorxiv/2025-05-06/2025-05-06/0/json", kJson,
                       e2e::replaced(fixture("biorxiv/fixtures/page.json"), "Revised", "Révised")});
  out.pages.push_back({"/details/biorxiv/2025-05-06/2025-05-06/3/json", kJson,
                       e2e::replaced(fixture("biorxiv/fixtures/last_page.json"), "Another", "Anôther")});
  out.accented = "Anôther";
  out.papers = {"doi:10.1101/2025.05.01.000001", "doi:10.1101/2025.05.01.000004"};
  all.push_back(out);
  out.name = "biorxiv_second_page";
  out.asked = 1;
  all.push_back(out);
}

void add_huggingface(std::vector<Route>& all) {
  Route out = other("huggingface", "base_url = \"SERVER\"\n");
  out.pages.push_back({"/api/daily_papers", kJson,
                       e2e::replaced(fixture("huggingface/fixtures/daily.json"), "John Roe", "John Rôe")});
  out.accented = "Rôe";
  out.papers = {"2505.01557", "2505.01558"};
  all.push_back(out);
}

void add_openreview(std::vector<Route>& all) {
  Route out = other("openreview",
                    "invitation = \"Shore.cc/2025/-/Submission\"\nusername = \"me@example.org\"\n"
                    "password = \"${secret:OPENREVIEW_PASSWORD}\"\nbase_url = \"SERVER\"\n");
  out.pages.push_back({"/login", kJson, R"({"token":"made-for-tests","user":"Zoë"})"});
  out.pages.push_back({"/notes", kJson, fixture("openreview/fixtures/notes.json")});
  out.accented = "Tomás";
  out.papers = {"openreview:blind2", "openreview:people3", "openreview:tiDe1"};
  out.name = "openreview_login";
  out.largest = 1;
  all.push_back(out);
  out.name = "openreview_notes";
  out.asked = 1;
  out.largest = 64;
  all.push_back(out);
}

void add_pubmed(std::vector<Route>& all) {
  Route out = other("pubmed", "term = \"tide[tiab]\"\nbase_url = \"SERVER\"\n");
  out.pages.push_back({"/entrez/eutils/esearch.fcgi", kJson,
                       e2e::replaced(fixture("pubmed/fixtures/search.json"), "tide[", "tidé[")});
  out.pages.push_back({"/entrez/eutils/efetch.fcgi", kXml, fixture("pubmed/fixtures/records.xml")});
  out.accented = "Ó Dubh";
  out.papers = {"2505.01557", "doi:10.5555/tide.2025.1", "pmid:90000002", "pmid:90000004"};
  out.largest = 64;
  out.name = "pubmed_search";
  all.push_back(out);
  out.name = "pubmed_records";
  out.asked = 1;
  out.utf16 = Reading::refused;
  all.push_back(out);
}

void add_crossref(std::vector<Route>& all) {
  Route out = other("crossref", "issn = [\"1476-4687\"]\nbase_url = \"SERVER\"\n");
  out.pages.push_back({"/works", kJson, fixture("crossref/fixtures/page1.json")});
  out.accented = "Ó Dubh";
  out.papers = {"2505.01557", "doi:10.5555/tide.2025.001"};
  all.push_back(out);
}

void add_authors(std::vector<Route>& all) {
  Route out{.name = "authors",
            .component = "authors",
            .now = kNow,
            .date = "2025-05-07",
            .table = kSavedPapersSource +
                     "[[stage]]\nuse = \"authors\"\nnames = [\"Ada Lovelace, 7\"]\nbase_url = \"SERVER\"\n"};
  out.pages.push_back({"/graph/v1/paper/batch", kJson,
                       R"([{"paperId":"a","authors":[{"authorId":"7","name":"Ada Lovelace"}]},)"
                       R"({"paperId":"b","authors":[{"authorId":"8","name":"René Chen"}]}])"});
  out.papers = {"2505.00001", "2505.00002"};
  out.accented = "Ada Lovelace";
  out.server = "Semantic Scholar";
  out.is_stage = true;
  out.latin1 = Reading::refused;
  out.utf16 = Reading::refused;
  all.push_back(out);
}

}  // namespace

const std::vector<Route>& routes() {
  static const std::vector<Route> all = [] {
    std::vector<Route> out;
    add_arxiv(out);
    add_feed(out);
    add_biorxiv(out);
    add_huggingface(out);
    add_openreview(out);
    add_pubmed(out);
    add_crossref(out);
    add_authors(out);
    return out;
  }();
  return all;
}

std::string pipeline(const Route& route, const std::string& server, const std::string& lines) {
  std::string table = route.table;
  const std::string word = "SERVER";
  for (std::size_t at = 0; (at = table.find(word, at)) != std::string::npos; at += server.size())
    table.replace(at, word.size(), server);
  return table + "interval = \"0s\"\nretry = 0\n" + lines +
         "[[output]]\nuse = \"json\"\npath = \"day.json\"\n";
}

std::string saved_papers() {
  return R"({"id":"2505.00001","title":"One","authors":["Ada Lovelace"]}
{"id":"2505.00002","title":"Two","authors":["Bo Chen"]}
)";
}

}  // namespace gleaner::faults
