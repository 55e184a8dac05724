#include "gate/canon/parse_strict.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "gate/canon/encode.hpp"

namespace canon {
namespace {

using nlohmann::json;

/// Builds the tree while it refuses; the parser stops at the first `false`.
class Builder : public json::json_sax_t {
 public:
  Builder(Numbers numbers, int depth) : numbers_(numbers), depth_(depth) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return refuse("binary value"); }

  bool number_integer(number_integer_t value) override {
    if (numbers_ == Numbers::integers && value < -largest_integer) return refuse(beyond);
    return put(value);
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (numbers_ == Numbers::integers && value > static_cast<std::uint64_t>(largest_integer))
      return refuse(beyond);
    return put(value);
  }
  bool number_float(number_float_t value, const string_t&) override {
    if (numbers_ == Numbers::integers) return refuse(beyond);
    return put(value);
  }

  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_object() override { return open_.pop_back(), true; }
  bool end_array() override { return open_.pop_back(), true; }

  bool key(string_t& name) override {
    const auto [member, fresh] = open_.back()->emplace(std::move(name), nullptr);
    member_ = &*member;
    return fresh || refuse("duplicate key");
  }

  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    problem_ = "byte " + std::to_string(position) + ": not JSON, allowed: one value as RFC 8259 has it";
    return false;
  }

  json root;
  [[nodiscard]] const std::optional<std::string>& problem() const { return problem_; }

 private:
  static constexpr const char* beyond = "number not allowed, allowed: integers within +-9007199254740991";

  bool refuse(const char* what) { return problem_ = what, false; }

  json* place(json value) {
    if (open_.empty()) return &(root = std::move(value));
    json& parent = *open_.back();
    if (parent.is_object()) return &(*member_ = std::move(value));
    parent.push_back(std::move(value));
    return &parent.back();
  }

  bool put(json value) { return place(std::move(value)), true; }

  bool open(json container) {
    if (static_cast<int>(open_.size()) >= depth_) return refuse("nested too deeply");
    open_.push_back(place(std::move(container)));
    return true;
  }

  Numbers numbers_;
  int depth_;
  std::vector<json*> open_;  // a parent does not grow while its child is open, so the pointers hold
  json* member_ = nullptr;   // of the innermost object, where the key came and the value is next
  std::optional<std::string> problem_;
};

}  // namespace

core::Result<json> parse_strict(std::string_view text, Numbers numbers, int depth) {
  if (text.starts_with("\xEF\xBB\xBF"))
    return core::fail(core::Fault::malformed, "byte 1: byte order mark not allowed");
  // The parser takes a NUL for the end of its input.
  if (const std::size_t nul = text.find('\0'); nul != text.npos)
    return core::fail(core::Fault::malformed,
                      "byte " + std::to_string(nul + 1) + ": not JSON, NUL not allowed");
  Builder builder(numbers, depth);
  if (!json::sax_parse(text.begin(), text.end(), &builder)) {
    return core::fail(core::Fault::malformed, builder.problem().value_or("not JSON"));
  }
  return std::move(builder.root);
}

}  // namespace canon
