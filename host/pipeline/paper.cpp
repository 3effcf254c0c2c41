#include "host/pipeline/paper.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <type_traits>

#include <gleaner/cpp/text.hpp>

#include "host/loader/sized.hpp"
#include "host/pipeline/clean.hpp"

namespace gleaner::host {
namespace {

// Reads a view whose maker may know fewer fields than we do, and who may say that there is something at NULL.
gleaner_paper within_size(const gleaner_paper& view) {
  gleaner_paper out = sized_copy(&view);
  out.size = sizeof out;
  if (out.authors == nullptr) out.author_count = 0;
  if (out.categories == nullptr) out.category_count = 0;
  if (out.extras == nullptr) out.extra_count = 0;
  for (auto field :
       {&gleaner_paper::id, &gleaner_paper::title, &gleaner_paper::abstract, &gleaner_paper::url,
        &gleaner_paper::doi, &gleaner_paper::published, &gleaner_paper::journal, &gleaner_paper::license})
    if ((out.*field).data == nullptr) out.*field = {};
  return out;
}

// Copies texts into one piece of memory. First counts, then fills.
class Packer {
 public:
  void count(gleaner_str text) { bytes_ += static_cast<std::size_t>(text.size); }
  void count(const gleaner_str* items, std::uint64_t n) {
    if (items == nullptr) return;
    texts_ += static_cast<std::size_t>(n);
    for (std::uint64_t i = 0; i < n; ++i)
      count(items[i]);
  }
  void count(const gleaner_pair* items, std::uint64_t n) {
    texts_ += 2 * static_cast<std::size_t>(n);
    for (std::uint64_t i = 0; i < n; ++i) {
      count(items[i].key);
      count(items[i].value);
    }
  }
  [[nodiscard]] std::size_t size() const { return texts_ * sizeof(gleaner_str) + bytes_; }
  void fill(std::byte* room) {
    next_text_ = reinterpret_cast<gleaner_str*>(room);
    next_byte_ = reinterpret_cast<char*>(room) + texts_ * sizeof(gleaner_str);
  }
  gleaner_str put(gleaner_str text) {
    if (text.size == 0) return {};
    char* at = next_byte_;
    std::memcpy(at, text.data, static_cast<std::size_t>(text.size));
    next_byte_ += text.size;
    return {at, text.size};
  }
  const gleaner_str* put(const gleaner_str* items, std::uint64_t n) {
    if (items == nullptr || n == 0) return nullptr;
    gleaner_str* first = next_text_;
    next_text_ += n;
    for (std::uint64_t i = 0; i < n; ++i)
      first[i] = put(items[i]);
    return first;
  }
  const gleaner_pair* put(const gleaner_pair* items, std::uint64_t n) {
    if (items == nullptr || n == 0) return nullptr;
    static_assert(sizeof(gleaner_pair) == 2 * sizeof(gleaner_str));
    auto* first = reinterpret_cast<gleaner_pair*>(next_text_);
    next_text_ += 2 * n;
    for (std::uint64_t i = 0; i < n; ++i)
      first[i] = {put(items[i].key), put(items[i].value)};
    return first;
  }

 private:
  std::size_t bytes_ = 0;
  std::size_t texts_ = 0;
  gleaner_str* next_text_ = nullptr;
  char* next_byte_ = nullptr;
};

bool all_clean(const gleaner_str* items, std::uint64_t n) {
  return items == nullptr ||
         std::all_of(items, items + n, [](gleaner_str text) { return is_clean(gleaner::view(text)); });
}

bool all_clean(const gleaner_paper& v) {
  return is_clean(gleaner::view(v.title)) && is_clean(gleaner::view(v.abstract)) &&
         is_clean(gleaner::view(v.id)) && is_clean(gleaner::view(v.url)) && is_clean(gleaner::view(v.doi)) &&
         is_clean(gleaner::view(v.published)) && is_clean(gleaner::view(v.journal)) &&
         is_clean(gleaner::view(v.license)) && all_clean(v.authors, v.author_count) &&
         all_clean(v.affiliations, v.author_count) && all_clean(v.categories, v.category_count) &&
         std::all_of(v.extras, v.extras + v.extra_count, [](const auto& pair) {
           return is_clean(gleaner::view(pair.key)) && is_clean(gleaner::view(pair.value));
         });
}

// Owned, cleaned texts of a view that is not clean: rare, so it may be slow.
struct CleanedTexts {
  std::vector<std::unique_ptr<std::string>> texts;
  std::vector<std::unique_ptr<gleaner_str[]>> lists;
  std::vector<std::unique_ptr<gleaner_pair[]>> pairs;
  std::size_t& dirty;
  std::size_t hidden = 0;

  gleaner_str one(gleaner_str in) {
    hidden += hidden_characters(gleaner::view(in));
    texts.push_back(std::make_unique<std::string>(cleaned(gleaner::view(in), dirty)));
    return gleaner::text(*texts.back());
  }
  const gleaner_str* many(const gleaner_str* in, std::uint64_t n) {
    if (in == nullptr || n == 0) return nullptr;
    lists.push_back(std::make_unique<gleaner_str[]>(static_cast<std::size_t>(n)));
    for (std::uint64_t i = 0; i < n; ++i)
      lists.back()[i] = one(in[i]);
    return lists.back().get();
  }
  const gleaner_pair* many(const gleaner_pair* in, std::uint64_t n) {
    if (in == nullptr || n == 0) return nullptr;
    pairs.push_back(std::make_unique<gleaner_pair[]>(static_cast<std::size_t>(n)));
    for (std::uint64_t i = 0; i < n; ++i)
      pairs.back()[i] = {one(in[i].key), one(in[i].value)};
    return pairs.back().get();
  }
  // So that stages can see it, and `why` later. What the source said under this name gives way.
  void tell_hidden(gleaner_paper& paper) {
    constexpr std::string_view key = "hidden_unicode";
    auto all = std::make_unique<gleaner_pair[]>(static_cast<std::size_t>(paper.extra_count) + 1);
    const auto end = std::copy_if(paper.extras, paper.extras + paper.extra_count, all.get(),
                                  [key](const auto& pair) { return gleaner::view(pair.key) != key; });
    texts.push_back(std::make_unique<std::string>(std::to_string(hidden)));
    *end = {gleaner::text(key), gleaner::text(*texts.back())};
    paper.extra_count = static_cast<std::uint64_t>(end - all.get()) + 1;
    paper.extras = all.get();
    pairs.push_back(std::move(all));
  }
};

gleaner_paper clean_view(const gleaner_paper& v, CleanedTexts& to) {
  gleaner_paper out = v;
  out.id = to.one(v.id);
  out.title = to.one(v.title);
  out.abstract = to.one(v.abstract);
  out.url = to.one(v.url);
  out.doi = to.one(v.doi);
  out.published = to.one(v.published);
  out.journal = to.one(v.journal);
  out.license = to.one(v.license);
  out.authors = to.many(v.authors, v.author_count);
  out.affiliations = to.many(v.affiliations, v.author_count);
  out.categories = to.many(v.categories, v.category_count);
  out.extras = to.many(v.extras, v.extra_count);
  if (to.hidden > 0) to.tell_hidden(out);
  return out;
}

}  // namespace

struct RunPaper::OfAdopted {
  OfAdopted(Body of, std::shared_ptr<Adopted> texts) : body(of), adopted(std::move(texts)) {}
  Body body;
  std::shared_ptr<Adopted> adopted;
};

// Arrays that outgrew the body when another source had the same paper.
struct RunPaper::Extra {
  std::vector<std::unique_ptr<std::string>> texts;
  std::vector<gleaner_str> sources;
  std::vector<gleaner_str> categories;
};

RunPaper::RunPaper() = default;
RunPaper::~RunPaper() = default;
RunPaper::RunPaper(RunPaper&&) noexcept = default;
RunPaper& RunPaper::operator=(RunPaper&&) noexcept = default;

bool RunPaper::is_clean(const gleaner_paper& foreign) {
  return all_clean(within_size(foreign));
}

// A body with all its texts behind it. It says of no source; `view` may lie in memory that goes afterwards.
std::shared_ptr<RunPaper::Body> RunPaper::packed(const gleaner_paper& view, PaperMemory* memory) {
  Packer packer;
  for (const auto text :
       {view.id, view.title, view.abstract, view.url, view.doi, view.published, view.journal, view.license})
    packer.count(text);
  packer.count(view.authors, view.author_count);
  packer.count(view.affiliations, view.author_count);
  packer.count(view.categories, view.category_count);
  packer.count(view.extras, view.extra_count);

  static_assert(std::is_trivially_destructible_v<Body> && alignof(Body) <= alignof(std::max_align_t) &&
                sizeof(Body) % alignof(gleaner_str) == 0);
  const std::size_t bytes = sizeof(Body) + packer.size();
  auto room = memory != nullptr ? memory->take(bytes) : PaperMemory::take_alone(bytes);
  std::shared_ptr<Body> out(room, ::new (room.get()) Body{view, {}});
  packer.fill(reinterpret_cast<std::byte*>(out.get() + 1));
  gleaner_paper& mine = out->view;
  mine.authors = packer.put(view.authors, view.author_count);
  mine.affiliations = packer.put(view.affiliations, view.author_count);
  mine.categories = packer.put(view.categories, view.category_count);
  mine.extras = packer.put(view.extras, view.extra_count);
  for (auto field :
       {&gleaner_paper::id, &gleaner_paper::title, &gleaner_paper::abstract, &gleaner_paper::url,
        &gleaner_paper::doi, &gleaner_paper::published, &gleaner_paper::journal, &gleaner_paper::license})
    mine.*field = packer.put(view.*field);
  mine.sources = nullptr;
  mine.source_count = 0;
  return out;
}

RunPaper RunPaper::copy(const gleaner_paper& foreign, std::size_t& dirty, PaperMemory* memory) {
  gleaner_paper view = within_size(foreign);
  CleanedTexts clean{{}, {}, {}, dirty, 0};
  if (!all_clean(view)) view = clean_view(view, clean);
  RunPaper out;
  out.body_ = packed(view, memory);
  return out;
}

RunPaper RunPaper::adopt(const gleaner_paper& foreign, std::shared_ptr<Adopted> adopted) {
  const auto owner = std::make_shared<OfAdopted>(Body{within_size(foreign), {}}, std::move(adopted));
  RunPaper out;
  out.body_ = {owner, &owner->body};
  out.body_->view.sources = nullptr;
  out.body_->view.source_count = 0;
  return out;
}

void RunPaper::stand_alone() {
  if (extra_) return;  // its view points into more than one place, and few papers are like that
  const auto before = std::move(body_);
  body_ = packed(before->view, nullptr);
  if (before->view.source_count > 0) add_source(gleaner::view(before->first_source));
}

std::span<double> RunPaper::axes() {
  return {many_axes_ ? many_axes_.get() : few_axes_.data(), axis_count_};
}

void RunPaper::make_axes(std::size_t count) {
  if (axis_count_ == count) return;
  if (count > few_axes_.size()) many_axes_ = std::make_unique_for_overwrite<double[]>(count);
  axis_count_ = static_cast<std::uint32_t>(count);
  std::ranges::fill(axes(), unscored);
}

void RunPaper::add_source(std::string_view name) {
  gleaner_paper& mine = body_->view;
  for (std::uint64_t i = 0; i < mine.source_count; ++i)
    if (gleaner::view(mine.sources[i]) == name) return;
  if (mine.source_count == 0) {
    body_->first_source = gleaner::text(name);
    mine.sources = &body_->first_source;
    mine.source_count = 1;
    return;
  }
  if (!extra_) extra_ = std::make_unique<Extra>();
  if (extra_->sources.empty()) extra_->sources.push_back(body_->first_source);
  extra_->sources.push_back(gleaner::text(name));
  mine.sources = extra_->sources.data();
  mine.source_count = extra_->sources.size();
}

void RunPaper::add_categories(std::span<const gleaner_str> more) {
  if (!extra_) extra_ = std::make_unique<Extra>();
  gleaner_paper& mine = body_->view;
  auto& all = extra_->categories;
  if (all.empty()) all.assign(mine.categories, mine.categories + mine.category_count);
  for (const auto& category : more) {
    const auto same = [&](gleaner_str known) { return gleaner::view(known) == gleaner::view(category); };
    if (std::any_of(all.begin(), all.end(), same)) continue;
    extra_->texts.push_back(std::make_unique<std::string>(gleaner::view(category)));
    all.push_back(gleaner::text(*extra_->texts.back()));
  }
  mine.categories = all.data();
  mine.category_count = all.size();
}

}  // namespace gleaner::host
