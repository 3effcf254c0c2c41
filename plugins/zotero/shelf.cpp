// SPDX-License-Identifier: Apache-2.0
#include "plugins/zotero/shelf.hpp"

#include <algorithm>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "plugins/common/json.hpp"
#include "plugins/common/url.hpp"

namespace gleaner::zotero {
namespace {

namespace json = boost::json;

}  // namespace

Shelf Shelf::of_text(std::string_view text) {
  Shelf out;
  json::error_code error;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error || !value.is_object()) return out;
  const json::object* items = common::object_at(value.get_object(), "items");
  if (items == nullptr) return out;
  out.version_ = common::whole_at(value.get_object(), "version").value_or(0);
  for (const auto& item : *items) {
    Names names;
    if (item.value().is_array())
      for (const json::value& name : item.value().get_array())
        names.push_back(common::text_of(name));
    out.items_.emplace(std::string(item.key()), std::move(names));
  }
  return out;
}

std::string Shelf::text() const {
  json::object items;
  for (const auto& [key, names] : items_) {
    json::array list;
    for (const std::string& name : names)
      list.push_back(json::string(name));
    items[key] = std::move(list);
  }
  return json::serialize(json::object{{"version", version_}, {"items", std::move(items)}});
}

void Shelf::refresh(Client& client) {
  const std::string since = version_ == 0 ? "" : "&since=" + std::to_string(version_);
  // In the order of their making, so that an item that is added meanwhile moves none to a page read already.
  const std::string path = "/items?format=json&itemType=" + common::percent_encoded("-attachment || note") +
                           "&sort=dateAdded&direction=asc" + since;
  const std::int64_t now = client.each(path, [this](const json::object& object) {
    const json::object* data = common::object_at(object, "data");
    const std::string key = common::text_at(object, "key");
    if (data == nullptr || key.empty()) return;
    Names names = names_of(*data);
    if (names.empty())
      items_.erase(key);
    else
      items_[key] = std::move(names);
  });
  if (version_ != 0) {
    const json::value gone = client.get("/deleted?since=" + std::to_string(version_));
    const json::array* keys = gone.is_object() ? common::array_at(gone.get_object(), "items") : nullptr;
    if (keys != nullptr)
      for (const json::value& key : *keys)
        items_.erase(common::text_of(key));
  }
  version_ = std::max(version_, now);
  index();
}

void Shelf::index() {
  names_.clear();
  for (const auto& [key, names] : items_)
    names_.insert(names.begin(), names.end());
}

bool Shelf::holds(const Names& names) const {
  return std::any_of(names.begin(), names.end(),
                     [this](const std::string& name) { return names_.count(name) != 0; });
}

}  // namespace gleaner::zotero
