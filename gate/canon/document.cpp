#include "gate/canon/document.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "gate/canon/parse_strict.hpp"

namespace canon {

Document::Document() : root_(std::make_unique<nlohmann::json>()) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

core::Result<Document> Document::parse(std::string_view text) {
  core::Result<nlohmann::json> json = parse_strict(text);
  if (!json) return tl::unexpected(json.error());
  Document document;
  *document.root_ = std::move(*json);
  return document;
}

}  // namespace canon
