// Owns one JSON tree behind a pointer, so that templates need only json's forward declaration.
#pragma once

#include <memory>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "gate/core/result.hpp"

namespace canon {

class Document {
 public:
  Document();
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  /// As parse_strict, integers only.
  [[nodiscard]] static core::Result<Document> parse(std::string_view text);

  [[nodiscard]] nlohmann::json& root() { return *root_; }
  [[nodiscard]] const nlohmann::json& root() const { return *root_; }

 private:
  std::unique_ptr<nlohmann::json> root_;
};

}  // namespace canon
