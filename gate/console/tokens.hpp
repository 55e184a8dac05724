// The people who may change something, until the gate has accounts: names with bearer tokens.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gate/core/result.hpp"

namespace console {

enum class Role { nobody, auditor, technician, operator_, supervisor };

[[nodiscard]] std::string_view role_name(Role role);

struct Person {
  std::string name;
  Role role = Role::nobody;
  bool named = false;  // by a token of their own: an account of the machine may be anybody's
};

class Tokens {
 public:
  /// Lines `name role token`; empty lines and lines that begin with # say nothing. Malformed: as
  /// `name:line: what`.
  [[nodiscard]] static core::Result<Tokens> parse(std::string_view text, const std::string& name);

  /// Takes the same time whichever token it is, and whether it is one.
  [[nodiscard]] std::optional<Person> find(std::string_view token) const;

 private:
  using Digest = std::array<unsigned char, 32>;
  struct Entry {
    Person person;
    Digest digest;
  };
  static Digest digest_of(std::string_view token);

  std::vector<Entry> entries_;
};

}  // namespace console
